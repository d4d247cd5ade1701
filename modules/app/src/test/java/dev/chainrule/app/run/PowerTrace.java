package dev.chainrule.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.Entry;
import dev.chainrule.app.testing.InProcess;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.files.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Record the system calls of a command with strace, and have tools/power/power.py build the possible states of a folder
 * after a power loss at any of them.
 */
final class PowerTrace {
    private static final Path TOOLS = InProcess.ROOT.resolve("tools/power");
    private static final Path TOOL = TOOLS.resolve("power.py");
    private static final int PATIENCE_SECONDS = 300;

    private final Path folder;

    PowerTrace(Path folder) {
        this.folder = folder;
    }

    /**
     * A state that a folder may be in after the power was lost.
     *
     * @param blobs the folder of the files' bytes
     * @param files SHA-256 of each file, null for a folder, by path
     * @param line the last line of the trace that may end in it; empty for the end
     * @param printed what the command had printed by then
     * @param removed the files that it had removed
     * @param exit the exit code of the command, if it had ended
     */
    record State(
            Path blobs, Map<?, ?> files, Optional<Long> line, String printed, List<String> removed, OptionalInt exit) {
        private static State of(Path out, Map<?, ?> line) {
            return new State(
                    out.resolve("blobs"),
                    (Map<?, ?>) line.get("tree"),
                    Optional.ofNullable((Long) line.get("line")),
                    (String) line.get("printed"),
                    ((List<?>) line.get("removed"))
                            .stream().map(String.class::cast).toList(),
                    line.get("exit") instanceof Long code ? OptionalInt.of(code.intValue()) : OptionalInt.empty());
        }

        /** Put the files where nothing is. */
        void restore(Path to) {
            try {
                for (Object path : files.keySet().stream().sorted().toList()) {
                    Path file = to.resolve((String) path).normalize();
                    if (files.get(path) instanceof String blob) {
                        Files.copy(blobs.resolve(blob), file);
                    } else {
                        Files.createDirectory(file);
                    }
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public String toString() {
            return line.map(number -> "power lost at line " + number + " of the trace")
                            .orElse("power lost after the end")
                    + ", leaving " + files;
        }
    }

    /** Return whether the program that records is there. */
    static boolean canRecord() {
        return Stream.of("strace", "python3")
                .allMatch(program -> Stream.of(Optional.ofNullable(System.getenv("PATH"))
                                .orElse("")
                                .split(":"))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, program))));
    }

    /**
     * Run a command in a JVM of its own.
     *
     * @param place the folder that is watched
     * @param code the exit code that it must have
     */
    void record(String place, int code, List<String> options, String... args) throws IOException {
        new Shell(folder).copy(place, "before");
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-y", "-xx", "-s", "16777216", "--seccomp-bpf"));
        command.addAll(List.of(
                "-e", "trace=" + run(List.of(TOOL.toString(), "--calls"), 0).strip()));
        command.addAll(List.of("-o", trace().toString()));
        command.addAll(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Dchainrule.launcher=off"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Entry.MAIN.getName()));
        Stream.of(args).map(arg -> arg.replace(Shell.DEMO, folder.toString())).forEach(command::add);
        run(command, code);
    }

    /**
     * Return the distinct states of the folder that was watched.
     *
     * @param bound how many are built for each moment
     * @param more arguments
     */
    List<State> states(String place, int bound, String... more) throws IOException {
        Path out = Files.createTempDirectory(folder, "states").resolve("out");
        List<String> command = new ArrayList<>(List.of(TOOL.toString(), trace().toString()));
        command.addAll(List.of("--folder", folder.toRealPath().resolve(place).toString()));
        command.addAll(List.of("--before", folder.resolve("before").toString(), "--out", out.toString()));
        command.addAll(List.of("--bound", String.valueOf(bound)));
        command.addAll(List.of(more));
        System.out.print(run(command, 0));
        try (Stream<String> lines = Files.lines(out.resolve("states.jsonl"))) {
            return lines.map(line -> State.of(out, (Map<?, ?>) JsonReader.read(line)))
                    .toList();
        }
    }

    /** Run the tests of power.py. */
    void testTool() throws IOException {
        String said = run(List.of(TOOLS.resolve("power_test.py").toString()), 0);
        assertTrue(said.matches("(?s).*Ran [1-9]\\d* tests .*OK\\s*"), said);
    }

    private Path trace() {
        return folder.resolve("trace");
    }

    private String run(List<String> command, int code) throws IOException {
        List<String> whole = new ArrayList<>(command);
        if (command.get(0).endsWith(".py")) {
            whole.addAll(0, List.of("python3", "-B"));
        }
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(whole)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .put("XDG_CONFIG_HOME", folder.resolve("place/config").toString());
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("does not end: " + whole);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            process.destroyForcibly();
        }
        assertEquals(code, process.exitValue(), () -> whole + ": " + text(output));
        return text(output);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
