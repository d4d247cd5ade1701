package dev.chainrule.engine.contract;

import dev.chainrule.api.HookSpec;
import dev.chainrule.api.training.Hook;
import dev.chainrule.engine.contract.ScriptedRun.Played;
import dev.chainrule.math.Matrix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * The contract of every {@link HookSpec} and its hook, checked in a scripted run:
 *
 * <ul>
 *   <li>no exception, however the run ends, also if it fails before its first step;
 *   <li>parameters, gradients and the states of layers are read, not modified;
 *   <li>its effects on the run (saving, checking and stopping) are the same each time and do not depend on the console: the
 *       record keeps no state from the run before;
 *   <li>a hook that restores the state of another one, after any step or epoch, has the same effects as that one would have
 *       had, and saves the same state in the end: nothing that matters is lost when a run is resumed.
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

    /** Return everything that breaks the contract; empty if it is kept. */
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
            Played expected = play(ending, false, 0);
            same("a run that is repeated", expected, play(ending, false, 0));
            same("a run at a terminal", expected, play(ending, true, 0));
            for (int moment = 1; moment <= expected.moments() && findings.none(); moment++) {
                same("a run that is resumed " + ScriptedRun.moment(moment), expected, play(ending, false, moment));
            }
        }
    }

    private void same(String where, Played expected, Played got) {
        findings.require(expected.acts().equals(got.acts()), "its actions in " + where, expected.acts(), got.acts());
        findings.require(
                expected.saved().texts().equals(got.saved().texts()),
                "its saved state in " + where,
                expected.saved().texts(),
                got.saved().texts());
        SortedMap<String, Matrix> matrices = expected.saved().matrices();
        SortedMap<String, Matrix> others = got.saved().matrices();
        if (!matrices.keySet().equals(others.keySet())) {
            findings.require(false, "its saved matrices in " + where, matrices.keySet(), others.keySet());
        } else {
            matrices.forEach(
                    (name, matrix) -> findings.untouched("saved " + name + " in " + where, matrix, others.get(name)));
        }
    }

    /** Run the script in a new folder; the files left there count as effects of the hook. */
    private Played play(Hook.Ending ending, boolean live, int resumed) {
        Path place = folder.resolve("run");
        create(place);
        ScriptedRun run = new ScriptedRun(place, live);
        ScriptedRun still = new ScriptedRun(place, live);
        still.play(any -> new Hook() {}, ending, 0);
        Played played = run.play(spec, ending, resumed);
        run.shown()
                .forEach((name, matrix) ->
                        findings.untouched(name + " after a run", still.shown().get(name), matrix));
        played.acts().add("left " + files(place));
        return played;
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("chainrule-hook-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void create(Path folder) {
        try {
            if (Files.exists(folder)) {
                delete(folder);
            }
            Files.createDirectory(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
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
