package dev.chainrule.app.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.bits.SameBitsMatrix.Machine;
import dev.chainrule.app.bits.SameBitsMatrix.Trained;
import dev.chainrule.app.testing.Jdk;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Train the networks of {@link SameBitsMatrixTests} on this machine and in the JVM of another processor, 64-bit ARM: {@code make arm}
 * brings that JVM with an emulator, and names its home in {@code chainrule.arm}.
 */
@Tag("arm")
final class ArmTests {
    private static final String HOME = "chainrule.arm";
    private static final String COMPILED = SameBitsMatrix.EARLY + "-XX:+PrintCompilation ";
    /** Leaves the vectors of NEON, which every 64-bit ARM processor has. */
    private static final String NEON = "-XX:UseSVE=0 ";

    private static final Map<String, Integer> VECTORS = Map.of("128", 3, "256", 1, "512", 2);

    @TempDir
    private Path folder;

    @Test
    void training_onArm_leavesTheSameBits() throws Exception {
        Path home = Path.of(Optional.ofNullable(System.getProperty(HOME))
                .orElseThrow(() -> new AssertionError(HOME + " does not name the home of a JDK: run make arm")));
        Jdk arm = Jdk.at(home).orElseThrow(() -> new AssertionError(home + " is not the home of a JDK"));
        List<String> tiny = SameBitsMatrix.trainings(1, 2, false);
        List<String> both = SameBitsMatrix.trainings(2, 1, true);
        List<Machine> machines = List.of(
                new Machine(Jdk.running(), SameBitsMatrix.VECTOR, both),
                new Machine(arm, SameBitsMatrix.PLAIN + COMPILED, both),
                new Machine(arm, SameBitsMatrix.PLAIN + "-Xint", tiny),
                new Machine(arm, SameBitsMatrix.PLAIN + "-XX:TieredStopAtLevel=1", tiny),
                new Machine(arm, SameBitsMatrix.VECTOR + NEON + COMPILED, both),
                new Machine(arm, SameBitsMatrix.VECTOR + NEON + "-XX:TieredStopAtLevel=1", tiny),
                new Machine(arm, SameBitsMatrix.VECTOR + NEON + "-Dchainrule.kernels.bits=64", tiny),
                new Machine(arm, SameBitsMatrix.VECTOR + "-XX:MaxVectorSize=32", tiny),
                new Machine(arm, SameBitsMatrix.VECTOR, tiny),
                new Machine(arm, SameBitsMatrix.VECTOR + COMPILED, both));
        Map<String, Integer> vectors = new TreeMap<>();
        for (Trained trained : SameBitsMatrix.requireSame(folder, machines)) {
            String[] words = trained.described().split("[ ,]+");
            boolean isArm = trained.machine().jdk().equals(arm);
            assertEquals(isArm ? "aarch64" : System.getProperty("os.arch"), words[4], trained.toString());
            if (trained.machine().options().contains(COMPILED)) {
                assertTrue(trained.compiled() > 0, "C2 compiled nothing: " + trained);
            }
            if (isArm && words[0].equals("vector")) {
                vectors.merge(words[2], 1, Integer::sum);
            }
        }
        assertEquals(VECTORS, vectors);
    }
}
