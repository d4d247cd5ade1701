package dev.chainrule.app.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chainrule.api.error.InputException;
import dev.chainrule.app.load.PluginSources;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.InProcess;
import dev.chainrule.app.testing.PreparedFolder;
import dev.chainrule.app.testing.Resealed;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunFlaw;
import dev.chainrule.engine.record.RunRecord;
import dev.chainrule.engine.record.RunSeal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test that no edit of a run passes: whole runs are damaged at random, and then verified, evaluated, used for predictions and
 * resumed. The seals are checked by tools/verify/verify.py, too.
 */
final class ForgedRunsTests {
    private static final int SAMPLE = 150;
    private static final int ALL = 2_000;
    private static final int SAMPLED_RUNS = 6;
    private static final int ALL_RUNS = 50;
    private static final int RETRAINED_EVERY = 25;
    private static final List<String> RESULTS = List.of(
            "model.safetensors",
            "metrics.jsonl",
            "steps.bin",
            "chain.jsonl",
            "learning_speed.jsonl",
            "gradient_check.json",
            "config.yaml",
            "resolved.yaml");
    private static final String HOOKS = "hooks: [ learning_speed, { type: gradient_check, samples: 2 }, checkpoint ]\n";

    @TempDir
    private static Path folder;

    private static PreparedFolder prepared;

    private Shell shell;
    private final Map<String, Integer> counts = new TreeMap<>();

    @BeforeAll
    static void train() {
        Shell shell = new Shell(folder)
                .file("plants.csv", Samples.PLANTS_TABLE)
                .file("new.csv", "height;site\n1.0;bog\n50;rock\n")
                .file("base.yaml", Samples.PLANTS.replace("epochs: 40", "epochs: 4") + HOOKS)
                .file("plants.yaml", "extends: base.yaml\nseed: 7\n")
                .file("gates.yaml", Samples.GATES + HOOKS);
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/one", "--quiet");
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/two", "--quiet", "--set", "seed=8");
        shell.done("/demo/gates.yaml", "--run-dir", "/demo/three", "--quiet");
        shell.copy("one", "killed");
        Resealed.killed(shell, "killed");
        shell.delete("killed/model.safetensors");
        prepared = new PreparedFolder(folder);
    }

    @BeforeEach
    void putBack() {
        shell = prepared.putBack();
    }

    @Test
    void forgedRuns_sample_areFound() {
        check(SAMPLE);
    }

    @Test
    @Tag("proof")
    void forgedRuns_all_areFound() {
        check(ALL);
    }

    private void check(int count) {
        Map<String, String> right = new LinkedHashMap<>();
        for (String run : List.of("one", "two", "three")) {
            right.put(run, used(run, run).out());
        }
        RunForger forger = new RunForger(shell, List.of("one", "two", "three"), 1);
        List<String> runs = List.of("one", "killed", "two", "killed", "three");
        for (int i = 0; i < count; i++) {
            String run = runs.get(i % runs.size());
            RunForger.Forgery forgery = forger.forge(run, "forged");
            if (run.equals("killed")) {
                resume(forgery);
            } else {
                verify(forgery, i % RETRAINED_EVERY == 0);
                use(forgery, right.get(run));
            }
        }
        System.out.println(count + " edits: " + counts);
        assertEquals(count, count("verify") + count("resume"), counts.toString());
        for (String outcome :
                List.of("verify: found", "verify: nothing counts", "evaluate: refused", "resume: refused")) {
            assertTrue(count(outcome) > 0, outcome + " in " + counts);
        }
        assertTrue(count("resume: fell back") > 0, counts.toString());
    }

    /** An edit that counts is found; one that does not is none. */
    private void verify(RunForger.Forgery forgery, boolean retrained) {
        boolean found = !edits().isEmpty();
        assertTrue(found || !forgery.counts(), () -> "passed: " + forgery);
        if (retrained && Files.exists(shell.at("forged/run.json"))) {
            Shell.Result result = shell.execute("verify", "/demo/forged");
            assertEquals(found, result.code() != ExitCode.DONE, () -> forgery + "\n" + result.out() + result.err());
            if (found) {
                result.failed(result.code());
            }
            tally("whole verify");
        }
        tally("verify: " + (found ? "found" : "nothing counts"));
    }

    private List<String> edits() {
        try {
            return TamperCheck.edits(
                            RunRecord.read(new RunDirectory(shell.at("forged"))),
                            PluginSources.usual(InProcess.context()),
                            InProcess.context())
                    .stream()
                    .map(Edit::message)
                    .toList();
        } catch (InputException e) {
            return List.of(e.getMessage());
        }
    }

    /** A run that is used without an error or a warning gives the right numbers. */
    private void use(RunForger.Forgery forgery, String right) {
        Shell.Result result = used(forgery.run(), "forged");
        if (result.code() == ExitCode.DONE && result.err().isEmpty()) {
            assertEquals(right, result.out(), forgery::toString);
            tally("evaluate: not concerned");
        } else {
            result.failed(result.code());
            tally("evaluate: refused");
        }
    }

    private Shell.Result used(String run, String forged) {
        Shell.Result result = run.equals("two")
                ? shell.execute("predict", "/demo/" + forged, "--input", "/demo/new.csv")
                : shell.execute("evaluate", "/demo/" + forged, "--data", "train");
        return new Shell.Result(
                result.code(), result.out().replace("/demo/" + forged, "RUN"), result.err(), result.plugins());
    }

    /** After any damage, a resumed run ends with the right bits and seals nothing else, or is refused. */
    private void resume(RunForger.Forgery forgery) {
        Shell.Result result = shell.execute("resume", "/demo/forged");
        if (result.code() != ExitCode.DONE) {
            result.failed(result.code());
            tally("resume: refused");
            return;
        }
        for (String file : RESULTS) {
            assertArrayEquals(shell.bytes("one/" + file), shell.bytes("forged/" + file), () -> forgery + ": " + file);
        }
        RunRecord record = RunRecord.read(new RunDirectory(shell.at("forged")));
        assertEquals(List.of(), RunSeal.flaws(record), forgery::toString);
        // A copy of a checkpoint is as right as the checkpoint.
        Collection<String> whole = RunSeal.listed(RunRecord.read(new RunDirectory(shell.at("one"))))
                .values();
        RunSeal.listed(record)
                .forEach((file, hash) -> assertTrue(whole.contains(hash), () -> forgery + ": sealed " + file));
        tally(result.err().isEmpty() ? "resume: from the latest" : "resume: fell back");
    }

    @Test
    void pythonVerifier_sample_agrees() throws IOException, InterruptedException {
        agree(SAMPLED_RUNS, SAMPLE);
    }

    @Test
    @Tag("proof")
    void pythonVerifier_all_agrees() throws IOException, InterruptedException {
        agree(ALL_RUNS, ALL);
    }

    private void agree(int trained, int forged) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/env")), "needs a system with /usr/bin/env");
        assumeTrue(python("--version").code() == 0, "needs python3");
        Map<String, List<String>> expected = new TreeMap<>();
        List<String> runs = new ArrayList<>(List.of("one", "two", "three", "killed"));
        shell.file("odd.csv", Samples.PLANTS_TABLE.replace("moss", "m/o~s \u00df\ud83d\ude00\\\u0001\u007f"))
                .file(
                        "odd.yaml",
                        Samples.PLANTS.replace("plants.csv", "odd.csv").replace("epochs: 40", "epochs: 1"));
        for (int i = runs.size(); i < trained; i++) {
            String run = "run" + i;
            shell.done("/demo/odd.yaml", "--run-dir", "/demo/" + run, "--quiet", "--set", "seed=" + i);
            runs.add(run);
        }
        for (String letters : List.of("\ud83d\ude00", "m/o~s", "\\u0001")) {
            assertTrue(shell.text("run4/run.json").contains(letters), letters);
        }
        runs.forEach(run -> expected.put(run, List.of()));
        RunForger forger = new RunForger(shell, List.of("one", "two", "three"), 2);
        for (int i = 0; i < forged; i++) {
            forger.forge(runs.get(i % runs.size()), "forged" + i);
            expected.put("forged" + i, flaws("forged" + i));
        }
        List<String> args = new ArrayList<>(expected.keySet());
        args.add(0, InProcess.ROOT.resolve("tools/verify/verify.py").toString());
        InProcess result = python(args.toArray(String[]::new));
        Map<String, List<String>> found = new TreeMap<>();
        result.out().lines().map(line -> line.split("\t", 2)).forEach(line -> found.put(line[0], sorted(line[1])));
        expected.forEach((run, flaws) -> assertEquals(flaws, found.get(run), run));
        assertEquals(expected.size(), found.size(), result.err());
        long sound = expected.values().stream().filter(List::isEmpty).count();
        assertTrue(sound >= trained && sound < expected.size(), sound + " of " + expected.size() + " are sound");
        System.out.println("verify.py agrees on " + expected.size() + " runs, " + sound + " of them sound");
    }

    private List<String> flaws(String run) {
        try {
            return RunSeal.flaws(RunRecord.read(new RunDirectory(shell.at(run)))).stream()
                    .map(RunFlaw::toString)
                    .sorted()
                    .toList();
        } catch (InputException e) {
            return List.of("run.json is damaged");
        }
    }

    private static List<String> sorted(String flaws) {
        return flaws.equals("as it was written")
                ? List.of()
                : List.of(flaws.split("; ")).stream().sorted().toList();
    }

    private InProcess python(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/env", "python3"));
        command.addAll(List.of(args));
        Path out = folder.resolve("python.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        int code = process.waitFor();
        return new InProcess(code, Files.readString(out, StandardCharsets.UTF_8), "");
    }

    private void tally(String outcome) {
        counts.merge(outcome, 1, Integer::sum);
    }

    private int count(String outcomes) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(outcomes))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
