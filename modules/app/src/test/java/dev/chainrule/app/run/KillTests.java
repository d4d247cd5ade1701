package dev.chainrule.app.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Child;
import dev.chainrule.app.testing.Jdk;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.record.Checkpoint;
import dev.chainrule.engine.record.Checkpoints;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kill trainings with signal 9 at random moments, both processes or the parent alone, resume them, and compare every
 * byte of their files with an uninterrupted training. Some are killed again while they go on, of some the last
 * checkpoint is torn besides.
 *
 * <p>A moment is chosen by events that are visible from outside, files that appear and grow. The moment that was hit is
 * inferred from the files found afterwards, and counted; a kill that came too late for the run is none and is tried
 * again.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no signal 9")
final class KillTests {
    private static final List<String> SAME = List.of("model.safetensors", "metrics.jsonl", "steps.bin", "chain.jsonl");
    private static final int ALL = 50;
    private static final int SAMPLE = 4;
    private static final int FEWEST = 5;
    private static final int LEVELS = 5 + 4 + 4 + 3 + 2 + 4 + 2 + 3;
    /** Every so many trials a resumed training is killed too, and every so many the last checkpoint is torn. */
    private static final int SECOND = 3;

    private static final int TORN = 2;
    private static final int LATEST_EPOCH = 60;
    private static final int ATTEMPTS = 10;
    private static final List<String> STAGES =
            List.of("..", ".", ".lock", "run.log", "config.yaml", "resolved.yaml", "run.json", "steps.bin");

    @TempDir
    private Path folder;

    private final SortedMap<String, Integer> found = new TreeMap<>();
    private Random random;
    private KillMatrix matrix;
    private Shell shell;
    private Jdk jdk;

    @Test
    @Tag("slow")
    void resume_someKills_endsWithTheSameBytes() throws Exception {
        kill(Jdk.running(), SAMPLE, 8);
    }

    @Test
    @Tag("proof")
    void jdks_required_areThere() throws IOException {
        int found = Jdk.ofEachVersion().size();
        assertTrue(found >= Jdk.required(), "CHAINRULE_REQUIRE_JDKS is " + Jdk.required() + ", found are " + found);
    }

    /** The killed process runs on each JDK in turn, the final resumption on that of the tests. */
    @ParameterizedTest
    @MethodSource("dev.chainrule.app.testing.Jdk#ofEachVersion")
    @Tag("proof")
    void resume_fiftyKillsOnEachJdk_endsWithTheSameBytes(Jdk jdk) throws Exception {
        kill(jdk, ALL, 7);
        assertEquals(LEVELS, matrix.met().size());
        matrix.met().forEach((level, times) -> assertTrue(times >= FEWEST, level + " met by " + times + " kills"));
        assertMet("killed before there was a record", "killed before its first epoch");
        assertMet("killed in a save");
        assertMet("killed in a step");
        assertMet("killed again");
        assertMet("last checkpoint torn");
        assertMet("resumed at a step");
    }

    private void assertMet(String... states) {
        int times = Stream.of(states)
                .mapToInt(state -> found.getOrDefault(state, 0))
                .sum();
        assertTrue(times >= FEWEST, () -> List.of(states) + " in " + found);
    }

    private void kill(Jdk jdk, int trials, long seed) throws Exception {
        this.jdk = jdk;
        shell = new Shell(folder);
        random = new Random(seed);
        matrix = new KillMatrix(trials, random);
        for (int trial = 0; trial < trials; trial++) {
            shell.file("whole.yaml", matrix.config(trial, false));
            shell.done("/demo/whole.yaml", "--run-dir", "/demo/whole", "--quiet", "--threads", "1");
            shell.file("killed.yaml", matrix.config(trial, true));
            killNew(trial);
            if (trial % SECOND == 2 && Files.exists(run().record())) {
                killResumed(trial);
            }
            goOn(trial);
            for (String file : SAME) {
                assertArrayEquals(
                        shell.bytes("whole/" + file),
                        shell.bytes("killed/" + file),
                        () -> file + " of " + shell.text("killed.yaml") + found);
            }
            try (Stream<Path> files = Files.walk(run().path())) {
                assertEquals(List.of(), files.filter(KillTests::isUnfinished).toList());
            }
            shell.delete("whole");
            shell.delete("killed");
        }
        System.out.println(trials + " runs on JDK " + jdk.version()
                + " killed and resumed; what was found, and how many kills met each level:");
        Stream.of(found, matrix.met())
                .flatMap(counts -> counts.entrySet().stream())
                .forEach(count -> System.out.printf(Locale.ROOT, "  %4d  %s%n", count.getValue(), count.getKey()));
    }

    private RunDirectory run() {
        return new RunDirectory(shell.at("killed"));
    }

    private void killNew(int trial) throws Exception {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Child child = Child.start(folder, jdk, "killed.yaml", "--run-dir", "killed", "--threads", "1");
            int epoch = random.nextInt(LATEST_EPOCH) >> attempt; // a signal that came too late is sent sooner
            int stage = random.nextInt(STAGES.size());
            await(child, child::isTwo);
            switch (matrix.moment(trial)) {
                case "start-up" -> await(child, () -> Files.exists(run().path().resolve(STAGES.get(stage))));
                case "save" -> await(child, () -> lines() > epoch && isSaving());
                default -> await(child, () -> lines() > epoch && !isSaving());
            }
            child.kill(matrix.victim(trial).equals("both"));
            if (!hasEnded()) {
                matrix.count(trial);
                classify();
                return;
            }
            count("too late");
            shell.delete("killed");
        }
        throw new AssertionError("no kill came in time: " + found);
    }

    /** Kill while it is taken up again: when the record says so, or later. */
    private void killResumed(int trial) throws Exception {
        byte[] before = Files.readAllBytes(run().record());
        int more = random.nextInt(3);
        Child child = Child.start(folder, jdk, "resume", "killed", "--threads", "1");
        await(child, child::isTwo);
        await(child, () -> !Arrays.equals(before, Files.readAllBytes(run().record())));
        if (more > 0) {
            await(child, this::isSaving);
        }
        child.kill(matrix.victim(trial).equals("both"));
        if (!hasEnded()) {
            count("killed again");
            classify();
        }
    }

    private void goOn(int trial) throws IOException {
        if (!Files.exists(run().record())) {
            String err = shell.execute("resume", "/demo/killed").failed(ExitCode.INPUT);
            assertTrue(err.startsWith("error: '/demo/killed' is not a run: "), err);
            shell.done("/demo/killed.yaml", "--run-dir", "/demo/killed", "--quiet", "--threads", "1");
            return;
        }
        if (hasEnded()) {
            count("ended before it was killed again");
            return;
        }
        String torn = trial % TORN == 1 ? tear() : "";
        Shell.Result result = shell.execute("resume", "/demo/killed", "--threads", "1");
        assertEquals(ExitCode.DONE, result.code(), result.err());
        String warning = "warning: discarded /demo/killed/checkpoints/" + torn + ": ";
        assertTrue(torn.isEmpty() ? result.err().isEmpty() : result.err().startsWith(warning), result.err());
        count(result.out().startsWith("resumed at step ") ? "resumed at a step" : "resumed at the beginning");
    }

    /** Cut the last checkpoint at a random place; return its name, or nothing where there is none. */
    private String tear() throws IOException {
        var latest = Checkpoints.latest(run(), damaged -> {});
        if (latest.isEmpty()) {
            return "";
        }
        Path file = latest.get().file();
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
        count("last checkpoint torn");
        return file.getFileName().toString();
    }

    /** Infer the interrupted work of the killed run from its files. None of its checkpoints is ever torn. */
    private void classify() throws IOException {
        for (Path file : Checkpoints.all(run())) {
            Checkpoint.read(file);
            count("checkpoints, all whole");
        }
        if (!Files.exists(run().record())) {
            count("killed before there was a record");
        } else if (lines() == 0) {
            count("killed before its first epoch");
        } else {
            count(isSaving() ? "killed in a save" : "killed in a step");
        }
    }

    private boolean hasEnded() {
        return Files.exists(run().record()) && RunRecord.read(run()).hasEnded();
    }

    private long lines() throws IOException {
        if (!Files.exists(run().metrics())) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(run().metrics())) {
            return lines.count();
        }
    }

    private boolean isSaving() throws IOException {
        if (!Files.isDirectory(run().checkpoints())) {
            return false;
        }
        try (Stream<Path> files = Files.list(run().checkpoints())) {
            return files.anyMatch(KillTests::isUnfinished);
        }
    }

    private static boolean isUnfinished(Path file) {
        return file.toString().endsWith(".part");
    }

    private interface Condition {
        boolean isMet() throws IOException;
    }

    private static void await(Child child, Condition condition) throws IOException {
        while (child.isAlive() && !condition.isMet()) {
            LockSupport.parkNanos(100_000);
        }
    }

    private void count(String what) {
        found.merge(what, 1, Integer::sum);
    }
}
