package dev.chainrule.app.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.ChildRuns;
import dev.chainrule.app.testing.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Train the same networks in several Java machines, and require that each leaves the known hashes. */
final class SameBitsMatrix {
    /**
     * The hashes change when the bits of training change, or the form of a run's files. Where that is meant, put the
     * new ones
     * here, and say so to the users whose results change.
     */
    static final Map<String, String> GOLDEN = Map.of(
            "TINY:FLOAT32", "7ace42bb1b68fba15ce2008711d54b28f14acc0a1f0d935d939c01f98611ec36",
            "TINY:FLOAT64", "f460c278a8ca58e4dbac13db327c1eedfdcc3ee9b9f6d24d7cf8b3b9d0196a5c",
            "WIDE:FLOAT32", "998d8844e82d5ace0bbd85a7095a6c2a7a3dcd01a56da83649f443c60a75262e",
            "WIDE:FLOAT64", "e647d2cfa92efd5244b56c757371771ac7e9b3bc85665870ccd75582124c00c6",
            "BRANCHED:FLOAT32", "1b8285c90e77f04071b8adf42bd6bf7cbc8d1b1d607b853433709e6b52d66b19",
            "BRANCHED:FLOAT64", "6e5d66b11419de7777a42207e10a6ee2785fc7ddec67e95e93b6d212836f7928",
            "SHARDED:FLOAT32", "1f3db35752d54f5ed5c54af74ad463468f4e5cd0eeef9e2a3556f66775a69632",
            "SHARDED:FLOAT64", "5df0a443e0db433244f042cc6efaccc53119b7c911dc50b34d97ef451cff1359",
            "IMAGES:FLOAT32", "722ba3c59aa0822dd0cf7cebb7ab0e11cc19fdacde337fd94aea71580f5ab91d",
            "IMAGES:FLOAT64", "53a5af730315ba8bbd46d5cbe4e68825bbffe50adf7d8df7641cebd35778dafa");

    /** The last links of the chains, which hold the hash of every tensor of every epoch and nothing of the form of files. */
    private static final Map<String, String> CHAINS = Map.of(
            "TINY:FLOAT32", "5a1426a6ff8001680408394ca8e3736bfc9557a541c0854f90e8170f194d632f",
            "TINY:FLOAT64", "fdcef498b37a385d0aac06f9cc1853d42e098b2ac94b4ea02a97c6dd948fefb8",
            "WIDE:FLOAT32", "33229d38bf856b181e87f39a5af93eb142fad7587194006e9071c3c72206e406",
            "WIDE:FLOAT64", "afc4e107e6586d11a3a41a2c37c0d8f7ab47ccedf45468f989d0372a3c58d6a8",
            "BRANCHED:FLOAT32", "0cdf65e498f896d57c91c737f297c5580633af392a79d4dde2fc1ab5566f74ec",
            "BRANCHED:FLOAT64", "a470d9b1dec4f7938c713ca08cc815d604e8dc40ef40e99ba5136d27e483b7db",
            "SHARDED:FLOAT32", "f2b2598fc6ffc08953ae1c4c2db91beb94110c790dae26e0e22f56f9af8821a1",
            "SHARDED:FLOAT64", "7559bbe1d586b76010e9accd1f355a169644b6b22ab0494564dfbc2bbb8667f0",
            "IMAGES:FLOAT32", "80293b8668a96fde7188d6dd8bc818210afc61fc7843bc5090fb68f5391c5890",
            "IMAGES:FLOAT64", "edaf90061141c34e7780f388adc8de065b62af3180c06f6159994f76e7ac195a");

    static final String MODULE = "--add-modules=jdk.incubator.vector ";
    static final String PLAIN = MODULE + "-Dchainrule.kernels=plain ";
    static final String VECTOR = MODULE + "-Dchainrule.kernels=vector ";

    /** So that the little that is run is compiled by C2 all the same. */
    static final String EARLY = "-XX:CompileThresholdScaling=0.1 ";

    private static final int CHILDREN_AT_ONCE = 2;
    /** A method of math that C2, the compiler of the fourth level, has compiled: a line of {@code -XX:+PrintCompilation}. */
    private static final Pattern COMPILED =
            Pattern.compile("(?m)^ *\\d+ +\\d+ [ %sbn!]{5,7} 4 +dev\\.chainrule\\.math\\.(?!.*made not entrant)");

    private SameBitsMatrix() {}

    /** Describe a Java machine, and the trainings in it: {@code TINY:FLOAT32:2}, or {@code TINY:FLOAT32:2:vector} on other kernels. */
    record Machine(Jdk jdk, String options, List<String> trainings) {
        @Override
        public String toString() {
            return "JDK " + jdk.version() + " " + options.strip();
        }

        /** Return the kernels that it must choose. */
        String kernels() {
            String chosen = options.contains(MODULE) ? "plain, later vector" : "plain";
            return options.contains(VECTOR) ? "vector" : options.contains(PLAIN) ? "plain" : chosen;
        }

        /** Return the number of ways in which it computes: one for each kind of kernels. */
        long kinds() {
            return trainings.stream()
                    .map(training -> training.split(":", 4).length < 4 ? "" : training.split(":", 4)[3])
                    .distinct()
                    .count();
        }
    }

    /**
     * What a machine did.
     *
     * @param described its kernels, the length of its vectors and its architecture
     * @param hashes a line for each training
     * @param compiled how many methods of math its JVM says that C2 compiled
     */
    record Trained(Machine machine, String described, List<String> hashes, long compiled) {
        private static Trained of(Machine machine, String printed) {
            List<String> lines = printed.lines()
                    .filter(line -> line.startsWith(SameBitsChild.MARK))
                    .map(line -> line.substring(SameBitsChild.MARK.length()))
                    .toList();
            assertEquals(1 + machine.trainings().size(), lines.size(), machine.toString());
            assertTrue(lines.get(0).startsWith(machine.kernels() + " kernels"), machine + " has " + lines.get(0));
            return new Trained(
                    machine,
                    lines.get(0),
                    lines.subList(1, lines.size()),
                    COMPILED.matcher(printed).results().count());
        }

        private Stream<String> differences() {
            return hashes.stream().flatMap(line -> {
                String training = line.substring(0, line.indexOf(' '));
                String found = line.substring(line.indexOf(' ') + 1);
                String[] words = training.split(":");
                String network = words[0] + ":" + words[1];
                String expected = GOLDEN.get(network) + " " + CHAINS.get(network);
                return found.equals(expected)
                        ? Stream.empty()
                        : Stream.of(training + " on " + machine + " is " + found + ", not " + expected);
            });
        }

        @Override
        public String toString() {
            return machine + ": " + described + (compiled == 0 ? "" : ", " + compiled + " methods of math by C2") + ", "
                    + String.join(" ", machine.trainings());
        }
    }

    /** Train on every machine, and require the known hashes of each. */
    static List<Trained> requireSame(Path folder, List<Machine> machines) throws Exception {
        assertEquals(machines.size(), new LinkedHashSet<>(machines).size(), "one is there twice");
        ExecutorService pool = Executors.newFixedThreadPool(CHILDREN_AT_ONCE);
        try {
            List<Future<Trained>> children = new ArrayList<>();
            for (Machine machine : machines) {
                children.add(pool.submit(() -> train(folder, machine)));
            }
            List<Trained> all = new ArrayList<>();
            for (Future<Trained> child : children) {
                all.add(child.get());
            }
            long trainings = all.stream().mapToLong(one -> one.hashes().size()).sum();
            System.out.println("same bits: " + combinations(machines) + " combinations of JDK, options and kernels in "
                    + machines.size() + " JVMs, " + trainings + " trainings compared");
            all.forEach(one -> System.out.println("  " + one));
            assertEquals(List.of(), all.stream().flatMap(Trained::differences).toList());
            return all;
        } finally {
            pool.shutdownNow();
        }
    }

    static long combinations(List<Machine> machines) {
        return machines.stream().mapToLong(Machine::kinds).sum();
    }

    private static Trained train(Path folder, Machine machine) throws IOException {
        List<String> options = new ArrayList<>(List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseSerialGC"));
        options.addAll(List.of(machine.options().strip().split(" ")));
        options.removeIf(String::isEmpty);
        Path place = Files.createTempDirectory(folder, "jvm-");
        return Trained.of(
                machine,
                ChildRuns.java(
                        place, machine.jdk(), options, SameBitsChild.class, machine.trainings(), machine.toString()));
    }

    /** Return trainings of the small networks, and if wanted of the wide one, on numbers of threads by precision. */
    static List<String> trainings(int threads32, int threads64, boolean wide) {
        return Stream.of(SameBitsNetworks.values())
                .filter(network -> wide || network != SameBitsNetworks.WIDE)
                .flatMap(network -> Stream.of(network + ":FLOAT32:" + threads32, network + ":FLOAT64:" + threads64))
                .toList();
    }
}
