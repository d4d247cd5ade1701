package dev.chainrule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Train in Java machines of their own and compare what the runs leave. A combination that was run is not run again. */
final class ChildRuns {
    /** Everything of a run that holds no time and no place. */
    private static final List<String> COMPARED =
            List.of("steps.bin", "metrics.jsonl", "chain.jsonl", "model.safetensors");

    private static final int PATIENCE_SECONDS = 300;

    private final Path folder;
    private final Map<Child, Path> done = new LinkedHashMap<>();

    ChildRuns(Path folder) {
        this.folder = folder;
    }

    /**
     * Describe a run.
     *
     * @param name what the config is called in the report
     * @param config YAML
     * @param options of the Java machine
     */
    record Child(String name, String config, Jdk jdk, int threads, List<String> options) {
        static Child of(String name, String config, Jdk jdk, int threads, String... options) {
            return new Child(name, config, jdk, threads, List.of(options));
        }

        @Override
        public String toString() {
            return name + ", JDK " + jdk.version() + ", --threads " + threads
                    + (options.isEmpty() ? "" : ", " + String.join(" ", options));
        }
    }

    /** Return what was run, in words. */
    List<String> report() {
        return done.keySet().stream().map(Child::toString).toList();
    }

    /** Run both where they have not been run, and compare them. */
    void assertSame(Child expected, Child got) throws IOException {
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
    Path run(Child child) throws IOException {
        Path finished = done.get(child);
        if (finished == null) {
            finished = start(child);
            done.put(child, finished);
        }
        return finished;
    }

    private Path start(Child child) throws IOException {
        Path place = Files.createTempDirectory(folder, "run-");
        Path run = place.resolve("run");
        List<String> command = new ArrayList<>();
        command.add(child.jdk().home().resolve("bin/java").toString());
        command.addAll(child.options());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.add(
                Files.writeString(place.resolve("config.yaml"), child.config()).toString());
        command.addAll(List.of("--run-dir", run.toString(), "--threads", String.valueOf(child.threads()), "--quiet"));
        File output = place.resolve("output").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(place.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), child + " does not end");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            process.destroyForcibly();
        }
        assertEquals(ExitCode.DONE, process.exitValue(), child + ":\n" + Files.readString(output.toPath()));
        return run;
    }

    private static List<String> lines(Path run, String file) throws IOException {
        return Files.readAllLines(run.resolve(file));
    }
}
