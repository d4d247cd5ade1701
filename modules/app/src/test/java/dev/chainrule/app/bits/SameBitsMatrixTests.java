package dev.chainrule.app.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.bits.SameBitsMatrix.Machine;
import dev.chainrule.app.testing.ChildRuns;
import dev.chainrule.app.testing.ChildRuns.Child;
import dev.chainrule.app.testing.Jdk;
import dev.chainrule.config.write.ResolvedYaml;
import dev.chainrule.math.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Train the same networks in Java machines of every kind at hand: other JDKs, vector instructions and widths, kernels, compilers
 * and numbers of threads. One hash of a training's results, including its final parameters and its chain, is the same
 * in all.
 */
class SameBitsMatrixTests {
    private static final int LEAST_WITH_TWO_JDKS = 30;
    /** Of every eight machines. */
    private static final int LEFT_OUT = 3;

    private static final int MOST_THREADS = 3;
    private static final List<String> BOTH = List.of("vector", "plain");

    @TempDir
    private Path folder;

    @Test
    void jdks_required_areThere() throws IOException {
        Set<Integer> found = versions(jdks());
        assertTrue(
                found.size() >= Jdk.required(),
                "CHAINRULE_REQUIRE_JDKS asks for " + Jdk.required() + " versions of Java, found are " + found
                        + ": name the homes of others in JAVA_HOMES");
    }

    /** Five of every eight machines: no set of options is left out on both of two JDKs. */
    @Test
    @Tag("slow")
    void training_onMostMachines_leavesTheSameBits() throws Exception {
        List<Jdk> jdks = jdks();
        List<Machine> most = new ArrayList<>();
        for (int i = 0; i < jdks.size(); i++) {
            List<Machine> all = machines(jdks.get(i)).toList();
            for (int j = 0; j < all.size(); j++) {
                if ((3 * j + 4 * i) % 8 >= LEFT_OUT || jdks.size() == 1) {
                    most.add(all.get(j));
                }
            }
        }
        requireSame(jdks, most);
    }

    @Test
    @Tag("proof")
    void training_onEveryMachine_leavesTheSameBits() throws Exception {
        List<Jdk> jdks = jdks();
        requireSame(jdks, jdks.stream().flatMap(SameBitsMatrixTests::machines).toList());
    }

    private void requireSame(List<Jdk> jdks, List<Machine> machines) throws Exception {
        if (versions(jdks).size() > 1) {
            long combinations = SameBitsMatrix.combinations(machines);
            assertTrue(combinations >= LEAST_WITH_TWO_JDKS, combinations + " combinations");
        } else {
            System.out.println("same bits: skipped: another JDK (JAVA_HOMES names none)");
        }
        SameBitsMatrix.requireSame(folder, machines);
    }

    /** The whole path: launcher, command line, config, wiring. */
    @Test
    @Tag("slow")
    void program_withAndWithoutLauncher_leavesTheSameBits() throws IOException {
        ChildRuns runs = new ChildRuns(folder);
        String config = ResolvedYaml.write(SameBitsNetworks.WIDE.experiment(Precision.FLOAT32));
        for (Jdk jdk : jdks()) {
            for (String launcher : List.of("on", "off")) {
                String kernels = launcher.equals("on") ? "vector" : "plain";
                Child child = Child.of(
                        "wide", config, jdk, 2, "-Dchainrule.launcher=" + launcher, "-Dchainrule.kernels=" + kernels);
                assertEquals(
                        SameBitsMatrix.GOLDEN.get("WIDE:FLOAT32"), ChildRuns.hash(runs.run(child)), child.toString());
            }
        }
        System.out.println("same bits as the matrix: " + runs.report());
    }

    /**
     * Return the machines of a JDK. Options of some processors are ignored on others, and the JVM does not use
     * instructions that a processor lacks: that is a combination too, and a legal one.
     */
    private static Stream<Machine> machines(Jdk jdk) {
        List<Machine> machines = new ArrayList<>();
        for (String kernels : List.of("", SameBitsMatrix.MODULE)) {
            machines.add(new Machine(
                    jdk,
                    kernels,
                    Stream.concat(
                                    SameBitsMatrix.trainings(1, 2, true).stream(),
                                    SameBitsMatrix.trainings(3, 3, true).stream())
                            .distinct()
                            .toList()));
        }
        for (int avx = 0; avx <= 3; avx++) {
            add(machines, jdk, "-XX:UseAVX=" + avx, avx >= 2, BOTH); // FMA came with AVX2
        }
        add(machines, jdk, SameBitsMatrix.EARLY + "-XX:-UseFMA", false, BOTH);
        add(machines, jdk, "-Xint", false, BOTH);
        add(machines, jdk, "-XX:TieredStopAtLevel=1", false, BOTH);
        add(machines, jdk, "-XX:MaxVectorSize=16", true, BOTH);
        for (int bytes = 32; bytes <= 64; bytes *= 2) {
            add(machines, jdk, "-XX:MaxVectorSize=" + bytes, false, BOTH.subList(0, 1));
        }
        for (int bits = 64; bits <= 512; bits *= 2) {
            add(machines, jdk, "-Dchainrule.kernels.bits=" + bits, false, BOTH.subList(0, 1));
        }
        return machines.stream();
    }

    /**
     * Add a machine, which trains on some kernels one after the other, since its start takes ten times as long as a small training. Its
     * trainings have numbers of threads that go round from one machine and from one kind of kernels to the next.
     */
    private static void add(List<Machine> machines, Jdk jdk, String options, boolean wide, List<String> kernels) {
        List<String> trainings = new ArrayList<>();
        for (String kind : kernels) {
            int turn = machines.size() + trainings.size();
            SameBitsMatrix.trainings(turn % MOST_THREADS + 1, (turn + 1) % MOST_THREADS + 1, wide)
                    .forEach(training -> trainings.add(training + ":" + kind));
        }
        machines.add(new Machine(jdk, SameBitsMatrix.MODULE + options, trainings));
    }

    private static List<Jdk> jdks() throws IOException {
        return Stream.concat(Stream.of(Jdk.running()), Jdk.others().stream()).toList();
    }

    private static Set<Integer> versions(List<Jdk> jdks) {
        return jdks.stream().map(Jdk::feature).collect(Collectors.toSet());
    }
}
