package dev.chainrule.bench;

import dev.chainrule.bench.kernel.KernelBench;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Run one part of the benchmarks: what {@code make bench} calls. */
public final class Bench {
    private static final int ROUNDS = 7;

    private static final Logger LOG = Logger.getLogger("dev.chainrule");

    private Bench() {}

    /** Run the part that the first argument names. */
    public static void main(String[] arguments) {
        LOG.setLevel(Level.WARNING);
        String part = arguments.length == 0 ? "" : arguments[0];
        if (part.equals("kernels")) {
            KernelBench.run(arguments.length > 1 ? arguments[1] : "");
            return;
        }
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ROUNDS;
        switch (part) {
            case "w1", "w2" -> TrainingBench.run(Workload.valueOf(part.toUpperCase(Locale.ROOT)), rounds);
            default -> throw new IllegalArgumentException("'" + part + "' is no part: w1 or w2 is meant");
        }
    }
}
