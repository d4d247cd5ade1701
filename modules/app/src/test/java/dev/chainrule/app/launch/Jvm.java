package dev.chainrule.app.launch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** Start a main class of the class path in a JVM of its own, as a user would: from a class path or from a jar. */
final class Jvm {
    private static final long LONGEST_WAIT_SECONDS = 120;

    private final String main;
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Path folder = Path.of("").toAbsolutePath();
    private boolean jar;

    Jvm(String main) {
        this.main = main;
    }

    /** The remains of a process. */
    record Result(int code, String out, String err) {}

    Jvm options(String... added) {
        options.addAll(List.of(added));
        return this;
    }

    Jvm environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Jvm in(Path directory) {
        folder = directory;
        return this;
    }

    /** Start it by -jar, from a jar written into the folder that names the class path. */
    Jvm fromJar() {
        jar = true;
        return this;
    }

    /** Run to the end with nothing on standard input. */
    Result run(String... args) {
        return new Running(builder(args)).end();
    }

    Running start(String... args) {
        return new Running(builder(args));
    }

    ProcessBuilder builder(String... args) {
        List<String> command = new ArrayList<>();
        command.add("java");
        command.addAll(options);
        command.addAll(jar ? List.of("-jar", thinJar().toString()) : List.of("-cp", classPath(), main));
        command.addAll(Arrays.asList(args));
        ProcessBuilder builder = new ProcessBuilder(viaFile(command)).directory(folder.toFile());
        JvmOptions.VARIABLES.forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        return builder;
    }

    /** What a process may be given without Java's encoding of it in between: an argument file's bytes in UTF-8. */
    private List<String> viaFile(List<String> command) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        if (command.stream().allMatch(word -> word.chars().allMatch(c -> c < 128))) {
            List<String> plain = new ArrayList<>(command);
            plain.set(0, java);
            return plain;
        }
        String words = command.stream()
                .skip(1)
                .map(word ->
                        '"' + word.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"')
                .collect(Collectors.joining("\n"));
        try {
            Path file = Files.writeString(Files.createTempFile(folder, "arguments", ".txt"), words);
            return List.of(java, "@" + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path thinJar() {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, main);
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Arrays.stream(classPath().split(File.pathSeparator))
                        .map(entry -> Path.of(entry).toUri().toString())
                        .collect(Collectors.joining(" ")));
        Path file = folder.resolve("thin program.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            out.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.getFileName();
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Hold a process that runs; its output is collected meanwhile. */
    static final class Running {
        private final Process process;
        private final Collected out;
        private final Collected err;

        Running(ProcessBuilder builder) {
            try {
                process = builder.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            out = new Collected(process.getInputStream());
            err = new Collected(process.getErrorStream());
        }

        Process process() {
            return process;
        }

        /** Wait until a text was written to standard output; return all that was. */
        String awaitOut(String text) {
            return out.await(text);
        }

        /** Wait until a text was written to standard error; return all that was. */
        String awaitErr(String text) {
            return err.await(text);
        }

        Running type(String text) {
            try {
                OutputStream in = process.getOutputStream();
                in.write(text.getBytes(StandardCharsets.UTF_8));
                in.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return this;
        }

        /** Send a signal by its name. */
        static void signal(long pid, String name) {
            signal(Long.toString(pid), name);
        }

        /** Send a signal to several processes, one after the other. */
        static void signal(String pids, String name) {
            try {
                new ProcessBuilder("sh", "-c", "kill -" + name + " " + pids)
                        .start()
                        .waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Close its standard input and wait for its end. */
        Result end() {
            try {
                process.getOutputStream().close();
            } catch (IOException e) {
                // It has ended already.
            }
            return await();
        }

        Result await() {
            try {
                assertTrue(process.waitFor(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS), "the process does not end");
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new Result(process.exitValue(), out.all(), err.all());
        }
    }

    /** Collect the bytes of a stream. */
    private static final class Collected {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CompletableFuture<Void> end = new CompletableFuture<>();

        Collected(InputStream in) {
            Thread thread = new Thread(() -> collect(in));
            thread.setDaemon(true);
            thread.start();
        }

        private void collect(InputStream in) {
            byte[] buffer = new byte[4096];
            try {
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    synchronized (bytes) {
                        bytes.write(buffer, 0, count);
                        bytes.notifyAll();
                    }
                }
            } catch (IOException e) {
                // The process has ended.
            }
            end.complete(null);
            synchronized (bytes) {
                bytes.notifyAll();
            }
        }

        String await(String text) {
            long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
            synchronized (bytes) {
                while (!now().contains(text)) {
                    assertTrue(!end.isDone() && System.nanoTime() < limit, () -> "no '" + text + "' in: " + now());
                    try {
                        bytes.wait(1000);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
                return now();
            }
        }

        /** Characters are bytes here, so that nothing is lost. */
        private String now() {
            synchronized (bytes) {
                return bytes.toString(StandardCharsets.ISO_8859_1);
            }
        }

        String all() {
            end.join();
            return now();
        }
    }
}
