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
            "BRANCHED:FLOAT32", "44b40e6abc71ac93bdbcef2f6ea4b38f95c279bd11ac9e719d140a4cb3c50404",
            "BRANCHED:FLOAT64", "50e77b1978ff71a7df832d6107a1f603bbabd13d7df64c065ee799c16495631c");

    /** The last links of the chains, which hold the hash of every tensor of every epoch and nothing of the form of files. */
    private static final Map<String, String> CHAINS = Map.of(
            "TINY:FLOAT32", "5a1426a6ff8001680408394ca8e3736bfc9557a541c0854f90e8170f194d632f",
            "TINY:FLOAT64", "fdcef498b37a385d0aac06f9cc1853d42e098b2ac94b4ea02a97c6dd948fefb8",
            "WIDE:FLOAT32", "33229d38bf856b181e87f39a5af93eb142fad7587194006e9071c3c72206e406",
            "WIDE:FLOAT64", "afc4e107e6586d11a3a41a2c37c0d8f7ab47ccedf45468f989d0372a3c58d6a8",
            "BRANCHED:FLOAT32", "9e7349b3be452a15345c2098d2863ca2ba2d354a5097117977e0124728ce5f9c",
            "BRANCHED:FLOAT64", "38c73dccc5ffab7fcfabf2d74d285da3680bf6b4fe8705018eb03fb0b47e5c54");

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

    /** Describe a Java machine, and the network trained in it: {@code TINY:FLOAT32:2}. */
    record Machine(Jdk jdk, String options, List<String> trainings) {
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
                String network = training.substring(0, training.lastIndexOf(':'));
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
            System.out.println("same bits: " + machines.size() + " combinations of JDK and options, " + trainings
                    + " trainings compared");
            all.forEach(one -> System.out.println("  " + one));
            assertEquals(List.of(), all.stream().flatMap(Trained::differences).toList());
            return all;
        } finally {
            pool.shutdownNow();
        }
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

    /** Return trainings of the tiny network, and if wanted of the wide one, on numbers of threads by precision. */
    static List<String> trainings(int threads32, int threads64, boolean wide) {
        return Stream.of(SameBitsNetworks.values())
                .filter(network -> wide || network == SameBitsNetworks.TINY)
                .flatMap(network -> Stream.of(network + ":FLOAT32:" + threads32, network + ":FLOAT64:" + threads64))
                .toList();
    }
}
