package dev.chainrule.engine.record;

import dev.chainrule.engine.files.Sha256;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The plan by which a run is resumed: everything in its directory was checked, and nothing has changed yet.
 *
 * @param before the record so far
 * @param from the checkpoint at which it resumes; empty for the run's beginning
 * @param misfits checkpoints that do not fit
 * @param unknown differences between the record and the files of the directory
 * @param changes of config, data and plugins that were allowed, in words
 */
public record ResumePlan(
        RunRecord before, Optional<ResumePoint> from, Set<Path> misfits, List<RunFlaw> unknown, List<String> changes) {
    /**
     * The config and the program with which a run is resumed.
     *
     * @param resolved with every default
     * @param hashed the part of it that its hash covers
     * @param program facts of program and machine, for run.json
     */
    public record Setting(String resolved, String hashed, Map<String, Object> program) {}

    /** Return the place at which the run resumes, in words. */
    public String place() {
        return from.map(origin ->
                        origin.checkpoint().place() + ", " + origin.file().getFileName())
                .orElse(
                        misfits.isEmpty()
                                ? "the beginning, since there is no checkpoint"
                                : "the beginning, since no checkpoint fits");
    }

    /**
     * Put aside the checkpoints that are later or do not fit, and the files that nothing proves.
     *
     * @return how many checkpoints there were
     */
    public int putAside() {
        RunDirectory run = before.directory();
        int aside =
                Checkpoints.putAside(run, from.map(origin -> origin.checkpoint().place()), misfits);
        unknown.stream()
                .filter(flaw -> flaw.kind() != RunFlaw.Kind.GONE)
                .forEach(flaw -> Checkpoints.putAside(run.path().resolve(flaw.file())));
        return aside;
    }

    /** Write the record of the run that is running again, and replace its config if that was changed. */
    public void reopen(RunJson json, Setting setting) {
        Map<String, Object> resumed = new LinkedHashMap<>();
        resumed.put(
                "from",
                from.map(origin -> origin.file().getFileName().toString()).orElse(null));
        resumed.put(
                "step", from.map(origin -> origin.checkpoint().place().step()).orElse(0L));
        resumed.put("changes", changes);
        resumed.put("program", setting.program());
        Map<String, Object> changed = new LinkedHashMap<>();
        if (!changes.isEmpty()) {
            changed.put("config", replaceConfig(setting));
        }
        json.reopen(before, resumed, changed);
        ReplacedConfig.forget(before.directory());
    }

    /** Store the changed config, so that the run can be resumed again; return the facts about it for run.json. */
    private Map<String, Object> replaceConfig(Setting setting) {
        ReplacedConfig.replace(before.directory(), setting.resolved());
        Map<String, Object> config = new LinkedHashMap<>();
        before.keys("config")
                .forEach(key -> config.put(key, before.find("config", key).orElse(null)));
        config.put("hash", Sha256.of(setting.hashed()));
        return config;
    }
}
