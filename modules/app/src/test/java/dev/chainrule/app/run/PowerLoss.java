package dev.chainrule.app.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunRecord;
import dev.chainrule.engine.record.RunSeal;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a power loss may leave of the folder {@code place}, restored to {@code lost}: the run there is resumed, and compared with the
 * undisturbed one in {@code whole}.
 */
final class PowerLoss {
    static final int STEPS_PER_EPOCH = 2;
    /**
     * The files that must be the same. Not run.log: it reports events and times to people, nothing reads it, and it is
     * not forced to disk, so that lines may be lost or zeros.
     */
    private static final List<String> SAME = List.of(
            "model.safetensors",
            "metrics.jsonl",
            "steps.bin",
            "chain.jsonl",
            "learning_speed.jsonl",
            "gradient_check.json",
            "config.yaml",
            "resolved.yaml");
    /** The records of a plugin's hook. */
    static final String RECORDED = "said.jsonl";

    private static final Pattern SAID = Pattern.compile("saved step (\\d+)\\n");
    private static final Pattern REMOVED = Pattern.compile("run/checkpoints/epoch-(\\d+)\\.safetensors");
    private static final Pattern RESUMED = Pattern.compile("resumed at step (\\d+), ");

    private final Shell shell;
    private final PowerTrace trace;
    private final SortedMap<String, Integer> counts = new TreeMap<>();

    PowerLoss(Shell shell, PowerTrace trace) {
        this.shell = shell;
        this.trace = trace;
    }

    /** Run a config undisturbed, and once more recorded. */
    void run(String config, int code, List<String> plugin, String... options) throws IOException {
        shell.done(args(List.of("/demo/" + config, "--run-dir", "/demo/whole/run", "--quiet"), plugin));
        record(
                code,
                List.of(options),
                args(List.of("/demo/" + config, "--run-dir", "/demo/place/run", "--quiet"), plugin));
    }

    /** Record a command. */
    void record(int code, List<String> options, String... args) throws IOException {
        assertTrue(PowerTrace.canRecord(), "strace and python3 are required: install Debian's packages of these names");
        trace.record("place", code, options, args);
    }

    static String[] args(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toArray(String[]::new);
    }

    /** Put the remains of a power loss into the place where they are used. */
    void restore(PowerTrace.State state) {
        shell.delete("lost");
        state.restore(shell.at("lost"));
    }

    /** Resume each state of a run, or run it again where it had not begun. */
    void resumeAll(List<PowerTrace.State> states, String config, List<String> plugin) {
        for (PowerTrace.State state : states) {
            restore(state);
            OptionalInt saved = Stream.concat(
                            SAID.matcher(state.printed()).results().map(said -> Integer.parseInt(said.group(1))),
                            state.removed().stream()
                                    .map(REMOVED::matcher)
                                    .filter(Matcher::matches)
                                    .map(removed -> Integer.parseInt(removed.group(1)) * STEPS_PER_EPOCH + 1))
                    .mapToInt(Integer::intValue)
                    .max();
            if (state.exit().isPresent()) {
                assertTrue(Files.exists(shell.at("lost/run/run.json")), state::toString);
                assertEquals(
                        state.exit().getAsInt(),
                        ((Long) record().find("exit").orElseThrow()).intValue(),
                        state::toString);
                assertSealed(state);
            }
            if (Files.exists(shell.at("lost/run/run.json"))) {
                resume(state, saved, List.of(args(List.of("resume", "/demo/lost/run"), plugin)));
            } else {
                assertTrue(saved.isEmpty(), state::toString);
                runAnew(state, args(List.of("/demo/" + config, "--run-dir", "/demo/lost/run", "--quiet"), plugin));
            }
        }
        report(config);
    }

    private void runAnew(PowerTrace.State state, String... args) {
        shell.execute("resume", "/demo/lost/run").failed(ExitCode.INPUT);
        tally("had not begun");
        Shell.Result result = shell.execute(args);
        assertEquals(ExitCode.DONE, result.code(), () -> state + ": " + result.err());
        assertSame(state);
        tally("run again");
    }

    /**
     * Resume the remaining run. It ends with the bits of the undisturbed run.
     *
     * @param saved the step that was saved for certain
     */
    void resume(PowerTrace.State state, OptionalInt saved, List<String> args) {
        Shell.Result result = shell.execute(args.toArray(String[]::new));
        if (result.code() == ExitCode.DONE) {
            Matcher step = RESUMED.matcher(result.out());
            int from = step.lookingAt() ? Integer.parseInt(step.group(1)) : 0;
            assertTrue(
                    from >= saved.orElse(0),
                    () -> state + ": resumed at step " + from + ", saved was " + saved + "\n" + result.err());
            assertTrue(shell.text("lost/run/run.log").endsWith("\n"), state::toString);
            tally(from > 0 ? "resumed at a step" : "resumed at the beginning");
        } else {
            assertTrue(
                    result.failed(ExitCode.INPUT).contains(" has ended: it was "), () -> state + ": " + result.err());
            tally("had ended");
        }
        assertSame(state);
        assertSealed(state);
    }

    private void assertSame(PowerTrace.State state) {
        List<String> recorded = Files.exists(shell.at("whole/run/" + RECORDED)) ? List.of(RECORDED) : List.of();
        for (String file : args(SAME, recorded)) {
            assertArrayEquals(
                    shell.bytes("whole/run/" + file),
                    Files.exists(shell.at("lost/run/" + file)) ? shell.bytes("lost/run/" + file) : null,
                    () -> file + " differs: " + state);
        }
    }

    void assertSealed(PowerTrace.State state) {
        assertEquals(List.of(), RunSeal.flaws(record()), state::toString);
    }

    RunRecord record() {
        return RunRecord.read(new RunDirectory(shell.at("lost/run")));
    }

    void assertMet(String... outcomes) {
        List.of(outcomes).forEach(outcome -> assertTrue(counts.containsKey(outcome), outcome + " in " + counts));
    }

    void report(String what) {
        System.out.println("power lost, " + what + ": " + counts);
    }

    void tally(String outcome) {
        counts.merge(outcome, 1, Integer::sum);
    }
}
