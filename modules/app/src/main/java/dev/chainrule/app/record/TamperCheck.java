package dev.chainrule.app.record;

import dev.chainrule.api.error.InputException;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.load.PluginSources;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ProgramInfo;
import dev.chainrule.config.ConfigException;
import dev.chainrule.engine.files.WholeFile;
import dev.chainrule.engine.record.Checkpoint;
import dev.chainrule.engine.record.Checkpoints;
import dev.chainrule.engine.record.HashChain;
import dev.chainrule.engine.record.RunFlaw;
import dev.chainrule.engine.record.RunRecord;
import dev.chainrule.engine.record.RunSeal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A check whether a run is still as it was written, by its seal. */
public final class TamperCheck {
    private static final int MOST_PATHS = 5;
    private static final List<String> STATES =
            List.of(RunRecord.RUNNING, RunRecord.UNFINISHED, "completed", "stopped", "interrupted", "failed");

    private final RunRecord record;
    private final PluginSources plugins;
    private final Context context;
    private final List<Edit> edits = new ArrayList<>();

    private TamperCheck(RunRecord record, PluginSources plugins, Context context) {
        this.plugins = plugins;
        this.record = record;
        this.context = context;
    }

    /** Return the edits since the run; none if everything is as it was. */
    public static List<Edit> edits(RunRecord record, PluginSources plugins, Context context) {
        TamperCheck check = new TamperCheck(record, plugins, context);
        List<RunFlaw> flaws = RunSeal.flaws(record);
        flaws.forEach(flaw -> check.edits.add(new Edit(flaw.file(), flaw.toString())));
        String state = record.text("state");
        if (!STATES.contains(state)) {
            check.add("run.json", "run.json gives the state '" + state + "', which does not exist");
        }
        boolean edited = flaws.stream().anyMatch(flaw -> RunSeal.isInput(flaw.file()));
        if (edited || check.composesAlike()) {
            check.paths(edited);
        }
        check.chain();
        check.checkpoints();
        return check.edits;
    }

    /**
     * Require that run.json and the files that a command uses are as they were written.
     *
     * @param used tells the files by their names in the run's directory
     * @throws InputException with the differences
     */
    public static void require(RunRecord record, String label, Predicate<String> used) {
        require(record, label, RunSeal.flaws(record, used));
    }

    /**
     * Require that everything of a run is as it was written.
     *
     * @throws InputException with the differences
     */
    public static void requireAll(RunRecord record, String label) {
        require(record, label, RunSeal.flaws(record));
    }

    private static void require(RunRecord record, String label, List<RunFlaw> flaws) {
        if (!RunSeal.isSealed(record)) {
            throw new InputException(
                    "run " + label + " was written before records were sealed, or its seal was removed",
                    "Its files cannot be verified. Repeat the run: java -jar pipeline.jar rerun " + label + ".");
        }
        if (!flaws.isEmpty()) {
            throw new InputException(
                    "run " + label + " was modified after it was written",
                    Stream.concat(
                                    flaws.stream().map(flaw -> flaw + "."),
                                    Stream.of("Restore the original files. To list all differences: java -jar "
                                            + "pipeline.jar verify "
                                            + label + "."))
                            .toArray(String[]::new));
        }
    }

    /** Warn of differences in run.json and the files that a command uses; a run that has not ended adds files. */
    public static void warn(RunRecord record, String label, Context context, Predicate<String> used) {
        RunSeal.flaws(record, used).stream()
                .filter(flaw -> record.hasEnded() || flaw.kind() != RunFlaw.Kind.ADDED)
                .forEach(flaw -> context.warn(label + ": " + flaw));
    }

    /**
     * Return whether this program must make the resolved config of the others: defaults differ between versions, paths between
     * systems. A config that was changed on the way, or that plugins of any place have a part in, is not put together again.
     */
    private boolean composesAlike() {
        Map<String, Object> now = ProgramInfo.current().facts(1);
        return List.of("version", "commit", "jar_sha256", "os").stream()
                        .allMatch(fact -> record.text("program", fact).equals(now.get(fact)))
                && record.items("plugins").isEmpty()
                && record.maps("resumed").stream().allMatch(resumed -> List.of().equals(resumed.get("changes")));
    }

    /**
     * Say which values were edited, by putting the config together again.
     *
     * @param edited whether one of its files certainly was
     */
    private void paths(boolean edited) {
        try {
            RecordedConfig recorded = new RecordedConfig(record, context);
            LoadedConfig composed = recorded.composed(recorded.plugins(plugins));
            List<Difference> differences = FlatConfig.differences(
                    composed.resolved(), WholeFile.text(record.directory().resolved()));
            Map<String, Object> environment = new TreeMap<>();
            composed.composed().environment().forEach((name, value) -> environment.put(name, value.orElse(null)));
            Object told = record.find("config", "environment").orElse("nothing");
            if (!environment.equals(told) && !needsSecrets()) {
                add(
                        "run.json",
                        "run.json gives config.environment as " + told + ", but config.yaml gives " + environment);
            }
            differences.stream()
                    .limit(MOST_PATHS)
                    .forEach(difference -> add(
                            "resolved.yaml",
                            difference.name() + " is "
                                    + difference.one().orElse(FlatConfig.ABSENT) + " in config.yaml, but "
                                    + difference.other().orElse(FlatConfig.ABSENT) + " in resolved.yaml"));
        } catch (ConfigException | InputException | IOException e) {
            if (edited || !needsSecrets()) {
                add(
                        "config.yaml",
                        "config.yaml, its bases, config.set and config.environment do not form a valid config: "
                                + e.getMessage());
            }
        }
    }

    /** Secrets are in no record: without them a config cannot be put together again. */
    private boolean needsSecrets() {
        RecordedConfig recorded = new RecordedConfig(record, context);
        return Stream.concat(Stream.of(record.directory().config()), recorded.bases().values().stream())
                .flatMap(file -> RunFiles.lines(file).stream())
                .anyMatch(line -> line.contains("${secret:"));
    }

    private void chain() {
        HashChain chain = HashChain.read(record.directory().chain());
        chain.flaw().ifPresent(flaw -> add("chain.jsonl", "chain.jsonl was edited after the run: " + flaw));
        String last = record.text("result", "chain");
        if (chain.flaw().isEmpty() && !last.isEmpty() && !last.equals(chain.last())) {
            add(
                    "chain.jsonl",
                    "the chain does not end with the link in run.json: " + chain.last() + " instead of " + last);
        }
    }

    /** A checkpoint that is not sealed yet stores its own checksum. */
    private void checkpoints() {
        SortedMap<String, String> sealed = RunSeal.listed(record);
        for (Path file : Checkpoints.all(record.directory())) {
            Path name = record.directory().path().relativize(file);
            String listed = name.toString().replace('\\', '/');
            if (sealed.containsKey(listed)) {
                continue;
            }
            try {
                Checkpoint.read(file);
            } catch (InputException e) {
                add(listed, name + " was edited after the run or is damaged: " + e.getMessage());
            }
        }
    }

    private void add(String file, String message) {
        edits.add(new Edit(file, message));
    }
}
