package dev.chainrule.bench;

import dev.chainrule.bench.measure.Markdown;
import dev.chainrule.bench.measure.Statistics;
import dev.chainrule.bench.measure.Workload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The benchmark of the program as a user runs it: seconds from the command to its end and to its first training step, and the
 * memory of its two processes together.
 *
 * <p>The first step is the first line of a log hook, which writes after every step here: its cost is part of the figure.
 * Memory is the sum of the greatest resident set of each process, as counted by Linux: at least their greatest use at one
 * time.
 */
final class CommandBench {
    private static final Path JAR = Path.of("pipeline.jar");
    private static final long SAMPLE_MILLIS = 10;
    private static final double MEBIBYTE = 1024;

    private CommandBench() {}

    /** The time and memory of one command. */
    private record Measured(double seconds, double firstStep, double mebibytes, String output) {}

    /** Measure each command {@code measured} times. */
    static void run(int measured) throws IOException {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException("there is no " + JAR + " here: make jar builds it");
        }
        Path folder = Files.createTempDirectory("chainrule-bench-");
        Path steps = Files.writeString(folder.resolve("steps.yaml"), logged());
        Markdown table =
                new Markdown("command", "seconds", "seconds to the first step", "MiB, all processes", "result");
        try {
            row(table, measured, "--version", folder, List.of("--version"));
            row(
                    table,
                    measured,
                    "configs/bench/w2.yaml",
                    folder,
                    List.of(Workload.W2.config().toString()));
            row(table, measured, "configs/mnist.yaml", folder, List.of("configs/mnist.yaml"));
            row(table, measured, "configs/mnist.yaml, one epoch, every step logged", folder, List.of(steps.toString()));
        } finally {
            remove(folder);
        }
        table.print("From the command");
    }

    /** Return configs/mnist.yaml, ended after its first epoch, with a log of every step; its other hooks stay. */
    private static String logged() throws IOException {
        String text = Files.readString(Path.of("configs", "mnist.yaml"), StandardCharsets.UTF_8);
        String known = "hooks:\n";
        if (!text.contains(known)) {
            throw new IllegalStateException("configs/mnist.yaml lists its hooks in another form than expected here");
        }
        int end = text.indexOf("expect:"); // one epoch cannot meet the expectations of all epochs
        return text.substring(0, end < 0 ? text.length() : end)
                .replace("epochs: 10", "epochs: 1")
                .replace(known, known + "  - { type: log, every: 1 step }\n");
    }

    private static void row(Markdown table, int measured, String name, Path folder, List<String> words)
            throws IOException {
        List<Measured> all = new ArrayList<>();
        for (int i = 0; i < measured; i++) {
            all.add(measure(words, folder.resolve(name.replaceAll("\\W", "-") + i)));
            System.err.println(name);
        }
        Statistics first =
                Statistics.of(all.stream().mapToDouble(Measured::firstStep).toArray());
        table.row(
                name,
                Statistics.of(all.stream().mapToDouble(Measured::seconds).toArray())
                        .shown("%.2f"),
                Double.isNaN(first.median()) ? "" : first.shown("%.2f"),
                Statistics.of(all.stream().mapToDouble(Measured::mebibytes).toArray())
                        .shown("%.0f"),
                all.get(all.size() - 1).output());
    }

    private static Measured measure(List<String> words, Path runDirectory) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(words);
        if (!words.get(0).startsWith("--")) {
            command.addAll(List.of("--run-dir", runDirectory.toString(), "--threads", "2", "--offline"));
        }
        long started = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Map<Long, List<Long>> kibibytes = new LinkedHashMap<>();
        double firstStep = Double.NaN;
        StringBuilder output = new StringBuilder();
        Thread reader = reader(process, output);
        Path log = runDirectory.resolve("run.log");
        try {
            do {
                sample(process.toHandle(), kibibytes);
                if (Double.isNaN(firstStep)
                        && Files.exists(log)
                        && Files.readString(log).contains("step 1 ")) {
                    firstStep = (System.nanoTime() - started) * 1e-9;
                }
            } while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS));
            double seconds = (System.nanoTime() - started) * 1e-9;
            reader.join();
            long sum = kibibytes.values().stream()
                    .filter(samples -> samples.size() > 1)
                    .mapToLong(samples -> samples.get(samples.size() - 1))
                    .sum();
            return new Measured(seconds, firstStep, sum / MEBIBYTE, result(output.toString(), process.exitValue()));
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Thread reader(Process process, StringBuilder output) {
        Thread reader = new Thread(() -> {
            try (BufferedReader in =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    output.append(line).append('\n');
                }
            } catch (IOException e) {
                output.append(e.getMessage());
            }
        });
        reader.start();
        return reader;
    }

    /**
     * Add a sample of each process. A process that was just forked shows the memory of its parent, which it shares until it
     * executes another program: so the last sample counts, and a single one is ignored.
     */
    private static void sample(ProcessHandle process, Map<Long, List<Long>> kibibytes) {
        Stream.concat(Stream.of(process), process.descendants())
                .forEach(one -> peak(one.pid())
                        .ifPresent(kib -> kibibytes
                                .computeIfAbsent(one.pid(), pid -> new ArrayList<>())
                                .add(kib)));
    }

    /** Return the greatest resident set of a process so far, in KiB; empty if unavailable. */
    private static Optional<Long> peak(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> Long.valueOf(line.replaceAll("\\D", "")))
                    .findFirst();
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // it has ended, or this is not Linux
        }
    }

    private static String result(String output, int exitCode) {
        String accuracy = output.lines()
                .filter(line -> line.startsWith("test:"))
                .reduce((a, b) -> b)
                .map(String::strip)
                .orElse("");
        return exitCode == 0 ? accuracy : String.format(Locale.ROOT, "exit code %d", exitCode);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
