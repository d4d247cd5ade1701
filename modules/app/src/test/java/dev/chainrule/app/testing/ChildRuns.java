package dev.chainrule.app.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.Entry;
import dev.chainrule.app.shell.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Train in separate Java machines and compare the files of the runs. A combination that was run is not run again. */
public final class ChildRuns {
    /** Everything of a run that holds no time and no place. */
    private static final List<String> COMPARED =
            List.of("steps.bin", "metrics.jsonl", "chain.jsonl", "model.safetensors");

    private static final int PATIENCE_SECONDS = 300;

    private final Path folder;
    private final Map<Child, Path> done = new LinkedHashMap<>();

    public ChildRuns(Path folder) {
        this.folder = folder;
    }

    /**
     * Describe a run.
     *
     * @param name the name of the config in the report
     * @param config YAML
     * @param options of the Java machine
     */
    public record Child(String name, String config, Jdk jdk, int threads, List<String> options) {
        public static Child of(String name, String config, Jdk jdk, int threads, String... options) {
            return new Child(name, config, jdk, threads, List.of(options));
        }

        @Override
        public String toString() {
            return name + ", JDK " + jdk.version() + ", --threads " + threads
                    + (options.isEmpty() ? "" : ", " + String.join(" ", options));
        }
    }

    /** Return a description of the run. */
    public List<String> report() {
        return done.keySet().stream().map(Child::toString).toList();
    }

    /** Run both where they have not been run, and compare them. */
    public void assertSame(Child expected, Child got) throws IOException {
        Path one = run(expected);
        Path other = run(got);
        String both = expected + " and " + got + " differ in ";
        for (String file : COMPARED) {
            assertTrue(Files.size(one.resolve(file)) > 0, expected + " left an empty " + file);
            if (file.endsWith(".jsonl")) {
                assertEquals(lines(one, file), lines(other, file), both + file);
            }
            assertEquals(
                    -1, Files.mismatch(one.resolve(file), other.resolve(file)), both + file + " from this byte on");
        }
    }

    /** Return the directory of a run, which is run where it has not been. */
    public Path run(Child child) throws IOException {
        Path finished = done.get(child);
        if (finished == null) {
            finished = start(child);
            done.put(child, finished);
        }
        return finished;
    }

    /** Return one hash of all that a run left and that holds no time and no place. */
    public static String hash(Path run) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
        for (String file : COMPARED) {
            digest.update(Files.readAllBytes(run.resolve(file)));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Run a main class of the class path to its end, which must be a good one, and return its output.
     *
     * @param place the working directory
     * @param what names the run in a message
     */
    public static String java(Path place, Jdk jdk, List<String> options, Class<?> main, List<String> args, String what)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(jdk.home().resolve("bin/java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(args);
        File output = place.resolve("output").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(place.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment()
                .keySet()
                .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CHAINRULE_LAUNCHER"));
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), what + " does not end");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            process.destroyForcibly();
        }
        String printed = Files.readString(output.toPath());
        assertEquals(ExitCode.DONE, process.exitValue(), what + ":\n" + printed);
        return printed;
    }

    private Path start(Child child) throws IOException {
        Path place = Files.createTempDirectory(folder, "run-");
        Path run = place.resolve("run");
        Path config = Files.writeString(place.resolve("config.yaml"), child.config());
        List<String> args = List.of(
                config.toString(),
                "--run-dir",
                run.toString(),
                "--threads",
                String.valueOf(child.threads()),
                "--quiet");
        java(place, child.jdk(), child.options(), Entry.MAIN, args, child.toString());
        return run;
    }

    private static List<String> lines(Path run, String file) throws IOException {
        return Files.readAllLines(run.resolve(file));
    }
}
