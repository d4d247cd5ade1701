package dev.chainrule.app.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Be a file system of a few kilobytes, where this user may mount one; elsewhere the test is skipped and says why.
 *
 * @param path where it is mounted
 */
public record SmallDisk(Path path) implements AutoCloseable {
    private static final int PAGE = 4096;

    public static SmallDisk mount(Path path, String size) throws IOException, InterruptedException {
        mount(path, "-t", "tmpfs", "-o", "size=" + size, "tmpfs", path.toString());
        return new SmallDisk(path);
    }

    /** Mount one on which nothing can be written. */
    public static SmallDisk readOnly(Path path) throws IOException, InterruptedException {
        mount(path, "-t", "tmpfs", "-o", "ro", "tmpfs", path.toString());
        return new SmallDisk(path);
    }

    /** Let nothing more be written on it. */
    public void makeReadOnly() throws IOException, InterruptedException {
        assertTrue(call("mount", "-o", "remount,ro", path.toString()));
    }

    private static void mount(Path path, String... arguments) throws IOException, InterruptedException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "a small file system can be mounted on Linux only");
        Files.createDirectories(path);
        assumeTrue(call("mount", arguments), "this user may not mount a file system: only root may");
    }

    /** Return where a run may be put on it. */
    public String run() {
        return path.resolve("run").toString();
    }

    public void fill() throws IOException {
        byte[] page = new byte[PAGE];
        try (var out = Files.newOutputStream(path.resolve("filler"))) {
            while (true) {
                out.write(page);
            }
        } catch (IOException e) {
            assertTrue(Files.size(path.resolve("filler")) > 0);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            call("umount", path.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Call a program; return whether it succeeded. */
    private static boolean call(String program, String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = program;
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
