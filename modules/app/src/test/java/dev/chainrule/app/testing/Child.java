package dev.chainrule.app.testing;

import dev.chainrule.app.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Run the program in a JVM of its own. */
public final class Child {
    private static final long LONGEST_SECONDS = 300;

    private final Process process;
    private final Path out;
    private final Path err;
    private List<ProcessHandle> children = List.of();

    private Child(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Start the program.
     *
     * @param folder the working directory
     * @param options of the JVM
     */
    public static Child start(Path folder, List<String> options, String... args) throws IOException {
        return start(folder, options, Map.of(), args);
    }

    /**
     * Start the program.
     *
     * @param folder the working directory
     * @param options of the JVM
     * @param environment variables besides this process's
     */
    public static Child start(Path folder, List<String> options, Map<String, String> environment, String... args)
            throws IOException {
        return start(folder, Path.of(System.getProperty("java.home")), options, environment, args);
    }

    /** Start the program on a JDK. */
    public static Child start(Path folder, Jdk jdk, String... args) throws IOException {
        return start(folder, jdk.home(), List.of(), Map.of(), args);
    }

    private static Child start(
            Path folder, Path java, List<String> options, Map<String, String> environment, String... args)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java.resolve("bin/java").toString());
        // Quick to start: most of a short command's time is the compiler's otherwise.
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Entry.MAIN.getName()));
        command.addAll(List.of(args));
        Path out = Files.createTempFile(folder, "child", ".out");
        Path err = Files.createTempFile(folder, "child", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        builder.environment()
                .keySet()
                .removeAll(List.of("MNIST_DIR", "CHAINRULE_CACHE", "JAVA_TOOL_OPTIONS", "CHAINRULE_LAUNCHER"));
        builder.environment().putAll(environment);
        return new Child(builder.start(), out, err);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Return whether the launcher has a child yet. */
    public boolean isTwo() {
        children = process.children().toList();
        return !children.isEmpty();
    }

    /** Send a signal by its name without SIG. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    /**
     * Kill a launcher that {@link #isTwo}, at once, and wait until nothing of it lives.
     *
     * @param both whether the launcher's child is killed too; else it has to see for itself that it is an orphan
     */
    public void kill(boolean both) throws InterruptedException {
        if (both) {
            children.forEach(ProcessHandle::destroyForcibly);
        }
        process.destroyForcibly();
        process.waitFor();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (children.stream().anyMatch(ProcessHandle::isAlive)) { // onExit() of a grandchild looks ever more rarely
            if (System.nanoTime() > until) {
                throw new AssertionError("the launcher's child outlives it by " + LONGEST_SECONDS + " s");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** Wait for a text on standard error. */
    public void awaitError(String text) throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (!Files.readString(err, StandardCharsets.UTF_8).contains(text)) {
            if (!process.isAlive() || System.nanoTime() > until) {
                throw new AssertionError("no '" + text + "' in: " + err());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Wait for the end and return the exit code. */
    public int code() throws InterruptedException {
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + LONGEST_SECONDS + " s: " + err());
        }
        return process.exitValue();
    }

    public String out() {
        return text(out);
    }

    public String err() {
        return text(err);
    }

    private String text(Path file) {
        try {
            code();
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
