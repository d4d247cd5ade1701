package dev.chainrule.app.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.ProgramJar;
import dev.chainrule.app.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Go the way of a plugin's author with the commands that docs/PLUGINS.md names: from an empty folder to a trained network with an
 * activation of one's own, once right and once with a wrong derivative; with Maven, and with the JDK alone.
 */
class PluginAuthorTests {
    private static final int MOST_LINES = 20;
    private static final long LONGEST_SECONDS = 240;
    private static final String RIGHT = "return s + beta * a * (1 - s);";
    private static final String WRONG = "return s + beta * a;";
    /** At z = 0.5 the derivative is s + z·s·(1 − s) with s = 1/(1 + e^−0.5); without (1 − s) it is s + z·s. */
    private static final String SAYS = "derivative at z = 0.5: expected 0.73996119, got 0.93368899";

    private static final String CONFIG = Samples.GATES.replace("tanh", "{ type: swish, beta: 1.5 }");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void makeProgram() throws IOException {
        ProgramJar.writePipeline(folder.resolve("pipeline.jar"));
    }

    /** The links of the repository go before JUnit, which warns of each, removes its folder. */
    @AfterAll
    static void removeLinks() throws IOException {
        LocalRepository.removeLinks(folder.resolve("repository"));
    }

    /** The outcome of a command, both of its streams as one. */
    private record Done(int code, String output) {}

    @Test
    void plugin_builtByMaven_isTestedAndTrainsANetwork() throws Exception {
        assumeTrue(isThere("mvn"), "there is no Maven (mvn) here");
        Path work = Files.createDirectory(folder.resolve("maven"));
        Path repository = folder.resolve("repository");
        LocalRepository.write(repository);
        String[] build = {
            "mvn",
            "-o",
            "-q",
            "-B",
            "-Dmaven.repo.local=" + repository,
            "-Dmaven.artifact.threads=1",
            "-f",
            "swish",
            "package"
        };
        chainrule(work, ExitCode.DONE, "plugins", "new", "swish", "--kind", "activation");
        Path source = work.resolve("swish/src/main/java/swish/Swish.java");
        assertShort(source);
        require(0, run(work, build));
        use(work, work.resolve("swish/target/swish.jar"));
        replace(source, RIGHT, WRONG);
        Done wrong = run(work, build);
        assertTrue(wrong.code() != 0, wrong.output());
        assertTrue(wrong.output().contains("Swish[beta=1.0] breaks the contract of an activation"), wrong.output());
        assertTrue(wrong.output().contains(SAYS), wrong.output());
    }

    @Test
    void plugin_builtByJavacAlone_isCheckedAndTrainsANetwork() throws Exception {
        Path work = Files.createDirectory(folder.resolve("javac"));
        String[] build = {"sh", "swish/build.sh", "../pipeline.jar"};
        chainrule(work, ExitCode.DONE, "plugins", "new", "swish", "--kind", "activation", "--standalone");
        Path source = work.resolve("swish/src/swish/Swish.java");
        assertShort(source);
        assertTrue(Files.readAllLines(work.resolve("swish/build.sh")).size() <= 4);
        for (List<String> wrong : List.of(
                List.of("sh", "swish/build.sh"),
                List.of("sh", "swish/build.sh", ""),
                List.of("sh", "swish/build.sh", "no.jar"),
                List.of("sh", "swish/build.sh", "swish"))) {
            Done done = run(work, wrong.toArray(String[]::new));
            assertEquals(2, done.code());
            assertEquals(
                    "usage: sh build.sh path/to/pipeline.jar", done.output().strip());
        }
        require(0, run(work, build));
        chainrule(work, ExitCode.DONE, "plugins", "check", "swish/swish.jar");
        use(work, work.resolve("swish/swish.jar"));
        replace(source, RIGHT, WRONG);
        require(0, run(work, build));
        String says = chainrule(work, ExitCode.CHECK, "plugins", "check", "swish/swish.jar");
        assertTrue(says.contains(SAYS), says);
    }

    /** Count the lines that an author writes: every line that is not empty, imports included. */
    private static void assertShort(Path source) throws IOException {
        long lines = Files.readAllLines(source).stream()
                .filter(line -> !line.isBlank())
                .count();
        assertTrue(lines > 5 && lines <= MOST_LINES, lines + " lines");
    }

    /** Drop the jar, train, and look for the component wherever it must show. */
    private static void use(Path work, Path jar) throws Exception {
        Files.createDirectory(work.resolve("plugins"));
        Files.copy(jar, work.resolve("plugins/swish.jar"));
        Files.writeString(work.resolve("gates.yaml"), CONFIG);
        String printed = chainrule(work, ExitCode.DONE, "gates.yaml", "--run-dir", "run");
        assertTrue(printed.contains("loss"), printed);
        String run = Files.readString(work.resolve("run/run.json"));
        String sha256 = "[0-9a-f]{64}";
        assertTrue(run.replaceAll("\\s+", "").matches("(?s).*\"plugins\":\\[\\{.*swish.*" + sha256 + ".*"), run);
        assertTrue(Files.readString(work.resolve("run/resolved.yaml")).contains("type: swish, beta: 1.5"));
        String list = chainrule(work, ExitCode.DONE, "plugins");
        assertTrue(list.contains("  swish: z · sigmoid(beta · z). From swish"), list);
        String schema = chainrule(work, ExitCode.DONE, "schema");
        assertTrue(schema.contains("\"z · sigmoid(beta · z).\""), "swish is not in the schema");
    }

    private static void replace(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertTrue(text.contains(from), text);
        Files.writeString(file, text.replace(from, to));
    }

    private static boolean isThere(String program) throws Exception {
        try {
            return run(folder, program, "--version").code() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String chainrule(Path work, int code, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-jar",
                "../pipeline.jar"));
        command.addAll(List.of(args));
        return require(code, run(work, command.toArray(String[]::new)));
    }

    private static String require(int code, Done done) {
        assertEquals(code, done.code(), done::output);
        return done.output();
    }

    private static Done run(Path work, String... command) throws Exception {
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        String home = System.getProperty("java.home");
        builder.environment().put("JAVA_HOME", home);
        builder.environment().merge("PATH", home + "/bin", (path, bin) -> bin + ":" + path);
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "MAVEN_ARGS"));
        // Without its second compiler Maven is done sooner than that would be warm.
        builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1");
        Process process = builder.start();
        boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertTrue(ended, () -> String.join(" ", command) + " does not end");
        return new Done(process.exitValue(), Files.readString(output));
    }
}
