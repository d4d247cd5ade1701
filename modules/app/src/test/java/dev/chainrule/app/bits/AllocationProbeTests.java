package dev.chainrule.app.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.Jdk;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Hold that no order of compilation makes a kernel allocate: in fresh JVMs, each of which compiles the kernels in another order, on
 * every JDK found and for every width of vectors that the CPU has.
 */
final class AllocationProbeTests {
    /** One for each JDK and width, of one of the precisions in turn: a width has both if there are two JDKs. */
    private static final int PROBES = 1;

    private static final int PROBES_OF_PROOF = 200;
    private static final List<Integer> WIDTHS = List.of(128, 256, 512);
    private static final String PROBE = "dev.chainrule.math.kernel.AllocationProbe";

    @Test
    @Tag("slow")
    void kernels_someOrdersOfCompilation_allocateNothing() throws Exception {
        probe(PROBES);
    }

    @Test
    @Tag("proof")
    void kernels_manyOrdersOfCompilation_allocateNothing() throws Exception {
        probe(PROBES_OF_PROOF);
    }

    private static void probe(int count) throws Exception {
        List<Jdk> jdks = new ArrayList<>(List.of(Jdk.running()));
        jdks.addAll(Jdk.others());
        int widest = widest();
        List<Integer> widths = WIDTHS.stream().filter(width -> width <= widest).toList();
        assertFalse(widths.isEmpty(), "the widest vectors have " + widest + " bits");
        ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        int clean = 0;
        try {
            List<Future<String>> printed = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (Jdk jdk : jdks) {
                for (int width : widths) {
                    int first = jdks.indexOf(jdk) + widths.indexOf(width);
                    for (int number = 0; number < count; number++) {
                        String precision = (first + number) % 2 == 0 ? "FLOAT32" : "FLOAT64";
                        List<String> arguments = List.of(precision, String.valueOf(number));
                        printed.add(workers.submit(
                                () -> lastLine(jdk, List.of("-Dchainrule.kernels.bits=" + width), arguments)));
                        expected.add(width + " bits: []");
                    }
                }
            }
            for (int i = 0; i < printed.size(); i++) {
                assertEquals(expected.get(i), get(printed.get(i)), "probe " + i + " of " + printed.size());
                clean++;
            }
        } finally {
            workers.shutdownNow();
        }
        System.out.println("allocation: " + clean + " probes, " + count + " for each of " + jdks.size()
                + " JDKs and the widths " + widths + ": no kernel allocates");
        assertEquals(jdks.size() * widths.size() * count, clean);
    }

    /** Return the bits of the vectors that the kernels choose by themselves: the widest that the CPU has. */
    private static int widest() throws Exception {
        String printed = lastLine(Jdk.running(), List.of(), List.of("FLOAT32", "0"));
        assertTrue(printed.contains(" bits: "), printed);
        return Integer.parseInt(printed.substring(0, printed.indexOf(' ')));
    }

    private static String get(Future<String> printed) throws Exception {
        try {
            return printed.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private static String lastLine(Jdk jdk, List<String> options, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(jdk.home().resolve("bin/java").toString());
        command.addAll(List.of(
                "-Xbatch", "-XX:+UseSerialGC", "--add-modules=jdk.incubator.vector", "-Dchainrule.kernels=vector"));
        command.addAll(options);
        Path tests = Path.of(System.getProperty("chainrule.root"), "modules/math/target/test-classes");
        command.addAll(List.of("-cp", tests + File.pathSeparator + System.getProperty("java.class.path"), PROBE));
        command.addAll(arguments);
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
}
