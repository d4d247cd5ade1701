package dev.chainrule.engine.contract;

import dev.chainrule.api.Hook;
import dev.chainrule.api.HookSpec;
import dev.chainrule.math.Matrix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Check what every {@link HookSpec} and its hook promise, in a run that is played to them:
 *
 * <ul>
 *   <li>no exception, however the run ends, also where it fails before its first step;
 *   <li>parameters, gradients and what layers hold are read, not modified;
 *   <li>what it does to the run, saving, checking and stopping, is the same each time and does not depend on the console: the
 *       record keeps nothing of the run before.
 * </ul>
 */
public final class HookContract {
    private final HookSpec spec;
    private final Path folder;
    private final Findings findings;

    private HookContract(HookSpec spec, Path folder, Findings findings) {
        this.spec = spec;
        this.folder = folder;
        this.findings = findings;
    }

    /** Return everything that breaks the contract; empty when it is kept. */
    public static List<Finding> check(HookSpec spec) {
        Path folder = temporary();
        try {
            return Findings.of(findings -> new HookContract(spec, folder, findings).check());
        } finally {
            delete(folder);
        }
    }

    private void check() {
        spec.create(new ScriptedRun(folder, false)).onRunEnd(Hook.Ending.FAILED);
        for (Hook.Ending ending : Hook.Ending.values()) {
            List<String> expected = play(ending, false);
            List<String> again = play(ending, false);
            findings.require(expected.equals(again), "what it does in a run that is repeated", expected, again);
            List<String> live = play(ending, true);
            findings.require(expected.equals(live), "what it does in a run at a terminal", expected, live);
        }
    }

    private List<String> play(Hook.Ending ending, boolean live) {
        ScriptedRun run = new ScriptedRun(folder, live);
        SortedMap<String, Matrix> before = new TreeMap<>();
        run.shown().forEach((name, matrix) -> before.put(name, Probe.copy(Probe.FLOAT32, matrix)));
        List<String> acts = run.play(spec, ending);
        run.shown().forEach((name, matrix) -> findings.untouched(name + " after a run", before.get(name), matrix));
        return acts;
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("chainrule-hook-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
