package dev.chainrule.bench;

import dev.chainrule.bench.kernel.KernelBench;
import dev.chainrule.bench.measure.Workload;
import dev.chainrule.bench.vector.FmaPeak;
import dev.chainrule.math.Precision;
import dev.chainrule.math.kernel.KernelParts;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The command of {@code make bench}, which runs one part of the benchmarks. */
public final class Bench {
    private static final int ROUNDS = 7;
    /** Long enough for the peak's loop to be compiled, so that every later measurement is a peak. */
    private static final long COMPILED_NANOS = 1_500_000_000;
    /** Referenced here, since a logger without references loses its level. */
    private static final Logger LOG = Logger.getLogger("dev.chainrule");

    private Bench() {}

    /**
     * Run the part given by the first argument: {@code machine}, {@code kernels [FILTER]}, {@code w1} to {@code w4},
     * {@code plugins}, {@code checkpoint} or {@code command} with {@code [ROUNDS]}, {@code profile [WORKLOAD [ROUNDS]]},
     * {@code peers [WORKLOAD THREADS [ROUNDS [PEER]]]}, {@code predictions [THREADS [ROUNDS]]};
     * {@code child} is only for {@link ChildJvm}.
     */
    public static void main(String[] arguments) throws IOException {
        LOG.setLevel(Level.WARNING);
        List<String> words = List.of(arguments);
        useVectors(words);
        FmaPeak.measure(Precision.FLOAT32, COMPILED_NANOS);
        switch (words.isEmpty() ? "" : words.get(0)) {
            case "kernels" -> KernelBench.run(words.size() > 1 ? words.get(1) : "");
            case "w1", "w2", "w3", "w4" -> TrainingBench.kernels(workload(words.get(0)), rounds(words, 1));
            case "profile" -> StepProfile.print(workload(words.size() > 1 ? words.get(1) : "w2"), rounds(words, 2));
            case "plugins" -> TrainingBench.plugins(rounds(words, 1));
            case "checkpoint" -> CheckpointBench.run(rounds(words, 1));
            case "command" -> CommandBench.run(rounds(words, 1));
            case "machine" -> Machine.print();
            case "peers" -> peers(words);
            case "predictions" -> {
                for (int threads : threads(words, 1)) {
                    PeerBench.predictions(threads, rounds(words, 2));
                }
            }
            case "child" -> ChildJvm.serve(words.get(1), workload(words.get(2)), Integer.parseInt(words.get(3)));
            default ->
                throw new IllegalArgumentException(
                        words
                                + ": one of machine, kernels, w1 to w4, profile, plugins, checkpoint, command, peers and predictions is required");
        }
    }

    /** Select one kind of kernels, also for the converter of bytes, from the start, as in most of a long run. */
    private static void useVectors(List<String> words) {
        boolean plain =
                words.size() > 1 && words.get(0).equals("child") && words.get(1).equals("plain");
        if (KernelParts.vector().isPresent()) {
            System.setProperty(KernelParts.PROPERTY, plain ? "plain" : "vector");
        }
    }

    private static void peers(List<String> words) {
        for (Workload workload : words.size() > 1 ? List.of(workload(words.get(1))) : List.of(Workload.values())) {
            for (int threads : threads(words, 2)) {
                PeerBench.run(
                        workload,
                        threads,
                        rounds(words, 3),
                        words.stream().skip(4).findFirst());
            }
        }
    }

    private static Workload workload(String word) {
        return Workload.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static List<Integer> threads(List<String> words, int place) {
        return words.size() > place ? List.of(Integer.valueOf(words.get(place))) : List.of(2, 1);
    }

    private static int rounds(List<String> words, int place) {
        return words.size() > place ? Integer.parseInt(words.get(place)) : ROUNDS;
    }
}
