package dev.chainrule.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.engine.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kill trainings with signal 9 at random moments, both processes or the parent alone, go on with them, and compare what they leave
 * with the same training left alone. Every fourth moment is in start-up, every fourth is while a checkpoint is being written.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs kill")
final class KillTests {
    private static final List<String> SAME = List.of("model.safetensors", "metrics.jsonl", "steps.bin", "chain.jsonl");
    private static final int ALL = 50;
    private static final int SAMPLE = 8;
    private static final int FEWEST = 5;

    private static final List<String> OPTIMIZERS = List.of(
            "{ type: sgd, learning_rate: %s }",
            "{ type: sgd, momentum: 0.9, nesterov: true, learning_rate: %s }",
            "{ type: adam, learning_rate: %s }",
            "{ type: rmsprop, learning_rate: %s }");
    private static final List<String> SCHEDULES = List.of(
            "0.01",
            "{ type: cosine, from: 0.01 }",
            "{ type: step, from: 0.01, factor: 0.9, every: 20 epochs }",
            "{ type: warmup, over: 30 steps, then: 0.01 }");
    private static final List<String> LAYERS = List.of(
            "",
            "  - { type: dropout, rate: 0.3 }\n",
            "  - batch_norm\n",
            "  - batch_norm\n  - { type: dropout, rate: 0.3 }\n");
    private static final List<String> STOPPING = List.of("", "  - { type: early_stopping, patience: 250 }\n");
    private static final List<String> PRECISIONS = List.of("float32", "float64");
    private static final List<String> EVERY = List.of("1 step", "7 steps", "1 epoch", "5 epochs");

    @TempDir
    private Path folder;

    private final SortedMap<String, Integer> met = new TreeMap<>();
    private final SortedMap<String, Integer> counts = new TreeMap<>();

    @Test
    @Tag("slow")
    void resume_someKills_endsWithTheSameBytes() throws Exception {
        kill(SAMPLE);
    }

    @Test
    @Tag("proof")
    void resume_fiftyKills_endsWithTheSameBytes() throws Exception {
        kill(ALL);
        met.forEach((level, times) -> assertTrue(times >= FEWEST, level + " was met by " + times + " kills"));
        assertEquals(4 + 4 + 4 + 2 + 2 + 4 + 2, met.size(), "levels met: " + met);
    }

    private void kill(int times) throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < times; i++) {
            kill(i, random);
        }
        System.out.println("kills: " + times + ", " + counts + ", levels " + met);
    }

    private void kill(int i, Random random) throws Exception {
        String config = config(i, random);
        boolean both =
                choose("victim", List.of("both", "parent"), random.nextInt(2)).equals("both");
        Path place = Files.createDirectory(folder.resolve("kill-" + i));
        Path file = Files.writeString(place.resolve("config.yaml"), config);
        Path whole = place.resolve("whole");
        Path killed = place.resolve("killed");
        run(file.toString(), "--run-dir", whole.toString());
        moment(i, random, killed, start(place, file, killed), both);
        goOn(file, killed);
        for (String name : SAME) {
            assertArrayEquals(
                    Files.readAllBytes(whole.resolve(name)),
                    Files.readAllBytes(killed.resolve(name)),
                    i + " " + name + "\n" + config);
        }
        try (Stream<Path> all = Files.walk(place)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Wait for the moment and kill. */
    private void moment(int i, Random random, Path killed, Process parent, boolean both) throws Exception {
        Path checkpoints = killed.resolve("checkpoints");
        switch (i % 4) {
            case 0 -> TimeUnit.MILLISECONDS.sleep(random.nextInt(800));
            case 1 -> {
                await(parent, () -> Files.isDirectory(checkpoints));
                TimeUnit.MILLISECONDS.sleep(random.nextInt(100));
                await(parent, () -> {
                    try (Stream<Path> files = Files.list(checkpoints)) {
                        return files.anyMatch(path -> path.toString().endsWith(".part"));
                    }
                });
            }
            default -> {
                await(parent, () -> Files.exists(killed.resolve("metrics.jsonl")));
                TimeUnit.MILLISECONDS.sleep(random.nextInt(600));
            }
        }
        List<ProcessHandle> children = parent.descendants().toList();
        count(
                parent.isAlive()
                        ? List.of("in start-up", "in a save", "while training", "while training")
                                .get(i % 4)
                        : "too late");
        parent.destroyForcibly();
        if (both) {
            children.forEach(ProcessHandle::destroyForcibly);
        }
        for (ProcessHandle child : children) {
            child.onExit().get(20, TimeUnit.SECONDS); // the child of a dead parent ends by itself
        }
        parent.waitFor();
    }

    private interface Condition {
        boolean isMet() throws IOException;
    }

    private static void await(Process parent, Condition condition) throws Exception {
        while (parent.isAlive() && !condition.isMet()) {
            Thread.onSpinWait();
        }
    }

    private void goOn(Path config, Path killed) throws IOException {
        if (!Files.exists(killed.resolve("run.json"))) {
            count("before there was a run");
            delete(killed);
            run(config.toString(), "--run-dir", killed.toString());
            return;
        }
        Path checkpoints = killed.resolve("checkpoints");
        if (Files.isDirectory(checkpoints)) {
            try (Stream<Path> files = Files.list(checkpoints)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".safetensors"))
                        .toList()) {
                    Checkpoint.read(file); // none is ever unreadable
                    counts.merge("checkpoints read", 1, Integer::sum);
                }
            }
        }
        if (!Files.readString(killed.resolve("run.json")).contains("\"state\": \"running\"")) {
            count("ended before");
            return;
        }
        String out = run("resume", killed.toString());
        count(out.startsWith("resumed at the beginning") ? "resumed at the beginning" : "resumed at a step");
    }

    private static void delete(Path run) throws IOException {
        if (Files.exists(run)) {
            try (Stream<Path> files = Files.walk(run)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static String run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--threads", "1"));
        InProcess done = InProcess.run(all.toArray(String[]::new));
        assertEquals("", done.err());
        assertEquals(ExitCode.DONE, done.code());
        return done.out();
    }

    /** Start the program with its launcher, so that there are two processes. */
    private static Process start(Path place, Path config, Path killed) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        config.toString(),
                        "--run-dir",
                        killed.toString(),
                        "--threads",
                        "1")
                .redirectErrorStream(true)
                .redirectOutput(place.resolve("output").toFile());
        builder.environment().keySet().removeAll(List.of("CHAINRULE_LAUNCHER", "JAVA_TOOL_OPTIONS"));
        return builder.start();
    }

    /** Go through the levels of each factor one by one, so that each is met often; which meet is left to chance. */
    private String config(int i, Random random) {
        String optimizer = choose("optimizer", OPTIMIZERS, i + random.nextInt(2));
        String schedule = choose("schedule", SCHEDULES, i / 2 + random.nextInt(2));
        return """
                name: kill
                seed: %d
                precision: %s
                data:
                  train: { type: inline, rows: [[0, 0], [0, 1], [1, 0], [1, 1], [0.5, 0], [0, 0.5], [0.5, 1], [1, 0.5]], \
                labels: [a, b, b, a, a, b, b, a] }
                  validation: { count: 2 }
                  batch_size: 2
                model:
                  - { type: dense, units: 5, activation: tanh }
                %s  - { type: dense, units: 2, activation: softmax }
                loss: cross_entropy
                optimizer: %s
                training: { epochs: 300 }
                hooks:
                  - { type: checkpoint, every: %s, keep: 2 }
                %s""".formatted(
                        i,
                        choose("precision", PRECISIONS, i + random.nextInt(2)),
                        choose("layers", LAYERS, i + i / 4),
                        String.format(Locale.ROOT, optimizer, schedule),
                        choose("every", EVERY, i / 4 + random.nextInt(2)),
                        choose("stopping", STOPPING, i / 2 + random.nextInt(2)));
    }

    private String choose(String factor, List<String> levels, int which) {
        int level = which % levels.size();
        met.merge(factor + " " + level, 1, Integer::sum);
        return levels.get(level);
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }
}
