package dev.chainrule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.ChildRuns.Child;
import dev.chainrule.config.write.ResolvedYaml;
import dev.chainrule.math.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Train the same networks in Java machines of every kind at hand: other JDKs, vector instructions and widths, kernels, compilers
 * and numbers of threads. One hash of what a training leaves, its final parameters and its chain among them, is the same in all.
 */
class SameBitsMatrixTests {
    /**
     * The hashes change when the bits of training change, or the form of what a run leaves. Where that is meant, put the new ones
     * here, and say so to the users whose results change.
     */
    private static final Map<String, String> GOLDEN = Map.of(
            "TINY:FLOAT32", "7ace42bb1b68fba15ce2008711d54b28f14acc0a1f0d935d939c01f98611ec36",
            "TINY:FLOAT64", "f460c278a8ca58e4dbac13db327c1eedfdcc3ee9b9f6d24d7cf8b3b9d0196a5c",
            "WIDE:FLOAT32", "998d8844e82d5ace0bbd85a7095a6c2a7a3dcd01a56da83649f443c60a75262e",
            "WIDE:FLOAT64", "e647d2cfa92efd5244b56c757371771ac7e9b3bc85665870ccd75582124c00c6");

    /** The last links of the chains, which hold the hash of every tensor of every epoch and nothing of the form of files. */
    private static final Map<String, String> CHAINS = Map.of(
            "TINY:FLOAT32", "5a1426a6ff8001680408394ca8e3736bfc9557a541c0854f90e8170f194d632f",
            "TINY:FLOAT64", "fdcef498b37a385d0aac06f9cc1853d42e098b2ac94b4ea02a97c6dd948fefb8",
            "WIDE:FLOAT32", "33229d38bf856b181e87f39a5af93eb142fad7587194006e9071c3c72206e406",
            "WIDE:FLOAT64", "afc4e107e6586d11a3a41a2c37c0d8f7ab47ccedf45468f989d0372a3c58d6a8");

    private static final int LEAST_WITH_TWO_JDKS = 30;
    private static final int LEFT_OUT = 4;
    private static final int CHILDREN_AT_ONCE = 2;
    private static final int MOST_THREADS = 3;

    private static final String MODULE = "--add-modules=jdk.incubator.vector ";
    private static final String PLAIN = MODULE + "-Dchainrule.kernels=plain ";
    private static final String VECTOR = MODULE + "-Dchainrule.kernels=vector ";

    /** So that the little that is run is compiled by C2 all the same. */
    private static final String EARLY = "-XX:CompileThresholdScaling=0.1 ";

    @TempDir
    private Path folder;

    /** Describe a Java machine, and what is trained in it: {@code TINY:FLOAT32:2}. */
    private record Machine(Jdk jdk, String options, List<String> trainings) {
        @Override
        public String toString() {
            return "JDK " + jdk.version() + " " + options.strip();
        }

        /** Return the kernels that it must choose. */
        String kernels() {
            String chosen = options.contains(VECTOR) ? "vector" : "plain";
            return options.equals(MODULE) ? "plain, later vector" : chosen;
        }
    }

    @Test
    void jdks_required_areThere() throws IOException {
        Set<Integer> found = versions(jdks());
        assertTrue(
                found.size() >= Jdk.required(),
                "CHAINRULE_REQUIRE_JDKS asks for " + Jdk.required() + " versions of Java, found are " + found
                        + ": name the homes of others in JAVA_HOMES");
    }

    /** Three quarters of all combinations: each set of options is left out on one JDK at most. */
    @Test
    @Tag("slow")
    void training_onMostMachines_leavesTheSameBits() throws Exception {
        List<Jdk> jdks = jdks();
        List<Machine> most = new ArrayList<>();
        for (int i = 0; i < jdks.size(); i++) {
            List<Machine> all = machines(jdks.get(i)).toList();
            for (int j = 0; j < all.size(); j++) {
                if ((j + 2 * i) % LEFT_OUT != 0 || jdks.size() == 1) {
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
        assertEquals(machines.size(), new LinkedHashSet<>(machines).size(), "one is there twice");
        boolean several = versions(jdks).size() > 1;
        if (several) {
            assertTrue(machines.size() >= LEAST_WITH_TWO_JDKS, machines.size() + " combinations");
        }
        ExecutorService pool = Executors.newFixedThreadPool(CHILDREN_AT_ONCE);
        try {
            List<Future<List<String>>> children = new ArrayList<>();
            for (Machine machine : machines) {
                children.add(pool.submit(() -> train(machine)));
            }
            int trainings = 0;
            List<String> report = new ArrayList<>();
            List<String> differences = new ArrayList<>();
            for (int i = 0; i < machines.size(); i++) {
                Machine machine = machines.get(i);
                List<String> lines = children.get(i).get();
                assertTrue(lines.get(0).startsWith(machine.kernels() + " kernels"), machine + " has " + lines.get(0));
                assertEquals(1 + machine.trainings().size(), lines.size(), machine.toString());
                lines.subList(1, lines.size()).forEach(line -> difference(line, machine, differences));
                trainings += lines.size() - 1;
                report.add(machine + ": " + lines.get(0) + ", " + String.join(" ", machine.trainings()));
            }
            System.out.println("same bits: " + machines.size() + " combinations of JDK and options, " + trainings
                    + " trainings compared" + (several ? "" : "; skipped: another JDK (JAVA_HOMES names none)"));
            report.forEach(line -> System.out.println("  " + line));
            assertEquals(List.of(), differences);
        } finally {
            pool.shutdownNow();
        }
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
                assertEquals(GOLDEN.get("WIDE:FLOAT32"), ChildRuns.hash(runs.run(child)), child.toString());
            }
        }
        System.out.println("same bits as the matrix: " + runs.report());
    }

    private static void difference(String line, Machine machine, List<String> differences) {
        String training = line.substring(0, line.indexOf(' '));
        String hashes = line.substring(line.indexOf(' ') + 1);
        String network = training.substring(0, training.lastIndexOf(':'));
        String expected = GOLDEN.get(network) + " " + CHAINS.get(network);
        if (!hashes.equals(expected)) {
            differences.add(training + " on " + machine + " is " + hashes + ", not " + expected);
        }
    }

    private List<String> train(Machine machine) throws IOException {
        List<String> options = new ArrayList<>(List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseSerialGC"));
        options.addAll(List.of(machine.options().strip().split(" ")));
        options.removeIf(String::isEmpty);
        Path place = Files.createTempDirectory(folder, "jvm-");
        return ChildRuns.java(
                        place, machine.jdk(), options, SameBitsChild.class, machine.trainings(), machine.toString())
                .lines()
                .filter(line -> line.startsWith(SameBitsChild.MARK))
                .map(line -> line.substring(SameBitsChild.MARK.length()))
                .toList();
    }

    /**
     * Return the machines of a JDK. Options of some processors are ignored on others, and what a processor lacks the JVM leaves
     * out: that is a combination too, and a legal one.
     */
    private static Stream<Machine> machines(Jdk jdk) {
        List<Machine> machines = new ArrayList<>();
        for (String kernels : List.of("", MODULE)) {
            machines.add(new Machine(
                    jdk,
                    kernels,
                    Stream.concat(trainings(1, 2, true).stream(), trainings(3, 3, true).stream())
                            .distinct()
                            .toList()));
        }
        for (String kernels : List.of(PLAIN, VECTOR)) {
            for (int avx = 0; avx <= 3; avx++) {
                add(machines, jdk, kernels + "-XX:UseAVX=" + avx, avx >= 2); // FMA came with AVX2
            }
            add(machines, jdk, kernels + EARLY + "-XX:-UseFMA", false);
            add(machines, jdk, kernels + "-Xint", false);
            add(machines, jdk, kernels + "-XX:TieredStopAtLevel=1", false);
        }
        add(machines, jdk, PLAIN + "-XX:MaxVectorSize=16", true);
        for (int bytes = 16; bytes <= 64; bytes *= 2) {
            add(machines, jdk, VECTOR + "-XX:MaxVectorSize=" + bytes, bytes == 16);
        }
        for (int bits = 64; bits <= 512; bits *= 2) {
            add(machines, jdk, VECTOR + "-Dchainrule.kernels.bits=" + bits, false);
        }
        return machines.stream();
    }

    /** Add a machine, whose trainings have numbers of threads that go round from one machine to the next. */
    private static void add(List<Machine> machines, Jdk jdk, String options, boolean wide) {
        int turn = machines.size();
        machines.add(
                new Machine(jdk, options, trainings(turn % MOST_THREADS + 1, (turn + 1) % MOST_THREADS + 1, wide)));
    }

    private static List<String> trainings(int threads32, int threads64, boolean wide) {
        return Stream.of(SameBitsNetworks.values())
                .filter(network -> wide || network == SameBitsNetworks.TINY)
                .flatMap(network -> Stream.of(network + ":FLOAT32:" + threads32, network + ":FLOAT64:" + threads64))
                .toList();
    }

    private static List<Jdk> jdks() throws IOException {
        return Stream.concat(Stream.of(Jdk.running()), Jdk.others().stream()).toList();
    }

    private static Set<Integer> versions(List<Jdk> jdks) {
        return jdks.stream().map(Jdk::feature).collect(Collectors.toSet());
    }
}
