package dev.chainrule.math.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Hold that all kernels give the same bits on other JVM settings, each in a JVM of its own. Trainings on more of them, and on other
 * JDKs, are compared in app.
 */
final class SameBitsTests {
    static final String MODULE = "--add-modules=jdk.incubator.vector";

    private static final String VECTOR = "-Dchainrule.kernels=vector " + MODULE;

    /** One JVM's options a line; x86's options are unknown to other machines' JVMs, which are told to overlook that. */
    private static final String[] SETTINGS = {
        "-Dchainrule.kernels=plain",
        VECTOR,
        VECTOR + " -XX:UseAVX=0",
        VECTOR + " -XX:UseAVX=2",
        VECTOR + " -XX:UseAVX=3",
        VECTOR + " -XX:MaxVectorSize=16",
        VECTOR + " -XX:-UseFMA",
        VECTOR + " -Xint",
        VECTOR + " -Dchainrule.kernels.bits=64",
        VECTOR + " -Dchainrule.kernels.bits=128",
        VECTOR + " -Dchainrule.kernels.bits=256",
        VECTOR + " -Dchainrule.kernels.bits=512",
    };

    private static final List<String> ARM_SETTINGS =
            List.of("-Dchainrule.kernels=plain", VECTOR + " -XX:UseSVE=0", VECTOR + " -XX:MaxVectorSize=32", VECTOR);

    @Test
    @Tag("slow")
    void kernels_anySetting_giveTheSameBits() throws IOException, InterruptedException {
        Map<String, String> hashes = new LinkedHashMap<>();
        for (String setting : SETTINGS) {
            hashes.put(setting, hash(setting));
        }
        assertEquals(12, hashes.size());
        String expected = hashes.get(SETTINGS[0]);
        hashes.forEach((setting, hash) -> assertEquals(expected, hash, setting));
    }

    /** {@code make arm} names the JVM of an emulated ARM processor, which is given the time in which C2 compiles every kernel. */
    @Test
    @Tag("arm")
    void kernels_onArm_giveTheSameBits() throws IOException, InterruptedException {
        Path java = Path.of(Objects.requireNonNull(System.getProperty("chainrule.arm"), "run make arm"), "bin", "java");
        String expected = hash(VECTOR);
        for (String setting : ARM_SETTINGS) {
            assertEquals(expected, lastLine(java, setting, 300, KernelHash.class, "15000"), setting);
        }
    }

    private static String hash(String setting) throws IOException, InterruptedException {
        return lastLine(setting, 60, KernelHash.class, "200");
    }

    /** Run a class of the tests in a JVM of these options, and return the last line that it prints. */
    static String lastLine(String setting, long seconds, Class<?> main, String argument)
            throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return lastLine(java, setting, seconds, main, argument);
    }

    private static String lastLine(Path java, String setting, long seconds, Class<?> main, String argument)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseSerialGC"));
        command.addAll(List.of(setting.split(" ")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(), argument));
        Process child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(child.waitFor(seconds, TimeUnit.SECONDS), setting);
        assertEquals(0, child.exitValue(), setting);
        List<String> lines = printed.lines().toList(); // the JVM warns here of an UseAVX that the machine lacks
        return lines.get(lines.size() - 1);
    }
}
