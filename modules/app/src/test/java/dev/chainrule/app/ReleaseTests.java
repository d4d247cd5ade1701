package dev.chainrule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.InProcess;
import dev.chainrule.engine.files.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test that {@code make release} builds a release from a clone of the repository, quietly, and from a commit alone. */
@Tag("proof")
class ReleaseTests {
    private static final long LONGEST_SECONDS = 600;
    private static final char ESCAPE = '\u001b';

    @TempDir
    private Path folder;

    private Path clone;

    private record Done(int code, String output) {}

    @BeforeEach
    void cloneRepository() throws Exception {
        clone = folder.resolve("clone");
        assertEquals(
                0,
                run(folder, "git", "clone", "-q", InProcess.ROOT.toString(), clone.toString())
                        .code());
    }

    @Test
    void release_cloneOfACommit_hasEveryFileWithItsHash() throws Exception {
        Done done = run(clone, "make", "release");
        assertEquals(0, done.code(), done.output());
        assertEquals(-1, done.output().indexOf(ESCAPE), "the output sets colours: " + done.output());
        Path release = clone.resolve("target/release");
        String sums = Files.readString(release.resolve("SHA256SUMS"));
        assertTrue(done.output().endsWith(sums), done.output());
        List<String> lines = sums.lines().toList();
        TreeSet<String> kinds = new TreeSet<>();
        for (String line : lines) {
            String name = line.substring(line.indexOf(' ') + 2);
            kinds.add(name.replaceFirst("chainrule-[0-9.]*[0-9]", ""));
            assertEquals(line.substring(0, line.indexOf(' ')), sha256(release.resolve(name)), name);
        }
        assertEquals(new TreeSet<>(List.of(".jar", "-src.zip", "-sources.jar", "-javadoc.jar")), kinds);
        assertEquals(lines.size() + 1, names(release).size());

        String version = lines.get(0).replaceFirst(".*chainrule-([0-9.]+[0-9]).*", "$1");
        Done started = run(
                folder,
                java(),
                "-jar",
                release.resolve("chainrule-" + version + ".jar").toString(),
                "--version");
        assertTrue(started.output().startsWith("chainrule " + version), started.output());
        assertHas(release.resolve("chainrule-" + version + "-src.zip"), "chainrule-" + version + "/README.md");
        assertHas(release.resolve("chainrule-" + version + "-sources.jar"), "dev/chainrule/math/FloatMatrix.java");
        assertHas(release.resolve("chainrule-" + version + "-sources.jar"), "dev/chainrule/math/DoubleMatrix.java");
        assertHas(release.resolve("chainrule-" + version + "-javadoc.jar"), "index.html");
    }

    @Test
    void release_uncommittedChange_isRefusedBeforeAnythingIsBuilt() throws Exception {
        Files.writeString(clone.resolve("README.md"), "changed");
        Done done = run(clone, "make", "release");
        assertTrue(done.code() != 0, done.output());
        assertTrue(done.output().startsWith("Commit your changes first"), done.output());
        assertFalse(Files.exists(clone.resolve("pipeline.jar")));
    }

    private static void assertHas(Path zip, String entry) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            assertTrue(file.getEntry(entry) != null, zip.getFileName() + " has no " + entry);
        }
    }

    private static List<String> names(Path release) throws IOException {
        try (Stream<Path> files = Files.list(release)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toList());
        }
    }

    private static String sha256(Path file) throws IOException {
        return Sha256.of(file);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private Done run(Path work, String... command) throws Exception {
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment()
                .keySet()
                .removeAll(List.of(
                        "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "MAVEN_ARGS", "MAKEFLAGS", "MFLAGS", "MAKELEVEL"));
        Process process = builder.start();
        boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertTrue(ended, () -> String.join(" ", command) + " does not end");
        return new Done(process.exitValue(), Files.readString(output));
    }
}
