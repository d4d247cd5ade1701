package dev.chainrule.bench;

import dev.chainrule.bench.measure.Markdown;
import dev.chainrule.bench.measure.Withheld;
import dev.chainrule.bench.vector.FmaPeak;
import dev.chainrule.math.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** The table of the machine's properties: processor, cores, width of vectors, JDK. */
final class Machine {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final long NANOS = 2_000_000_000;

    private Machine() {}

    static void print() {
        Markdown table = new Markdown(
                "processor",
                "cores",
                "vectors",
                "FMA peak of a core, float32, float64",
                "of all at once, × one",
                "withheld from one thread and from all, % of the time",
                "JDK");
        int cores = Runtime.getRuntime().availableProcessors();
        double one = FmaPeak.measure(Precision.FLOAT32, NANOS);
        table.row(
                processor(),
                String.valueOf(cores),
                FmaPeak.bits() + " bits",
                String.format(Locale.ROOT, "%.0f, %.0f GFLOP/s", one, FmaPeak.measure(Precision.FLOAT64, NANOS)),
                String.format(Locale.ROOT, "%.2f", FmaPeak.measure(Precision.FLOAT32, NANOS, cores) / one),
                String.format(
                        Locale.ROOT,
                        "%.0f, %.0f",
                        100 * Withheld.measure(NANOS, 1),
                        100 * Withheld.measure(NANOS, cores)),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        table.print("Machine");
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch"); // not Linux
        }
    }
}
