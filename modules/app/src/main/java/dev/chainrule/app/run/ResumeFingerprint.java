package dev.chainrule.app.run;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.State;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.record.RecordedWarmStart;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.files.Sha256;
import dev.chainrule.engine.record.RunRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The inputs that a run began with, compared with those of its resumption: config, data, plugins. Every checkpoint contains them,
 * so that nothing else must be trusted.
 */
final class ResumeFingerprint {
    private static final String CONFIG = "config";
    private static final String DATA = "data.";
    private static final String START = "start";
    private static final String PLUGIN = "plugin ";
    private static final String EXAMPLES = "the examples of ";
    /** The parts of a config that may change within a run: those that play no part in the resumed state. */
    private static final Pattern MAY_CHANGE =
            Pattern.compile("(name|training|hooks|expect|report|plugins)\\b.*|optimizer\\.(?!type$).*");

    private ResumeFingerprint() {}

    /** Return the inputs of a run that begins. */
    static State of(LoadedConfig loaded, Assembly assembly) {
        State fingerprint = new State()
                .put(CONFIG, loaded.hashed())
                .put("config_sha256", Sha256.of(loaded.hashed()))
                .put("seed", loaded.experiment().seed());
        assembly.datasets()
                .all()
                .forEach(dataset -> fingerprint.put(
                        DATA + dataset.name(), dataset.source().provenance().sha256()));
        assembly.start().ifPresent(start -> fingerprint.put(START, start.copySha256()));
        loaded.jars()
                .forEach(plugin ->
                        plugin.sha256().forEach((jar, sha256) -> fingerprint.put(PLUGIN + jar.getFileName(), sha256)));
        return fingerprint;
    }

    /** Return the inputs of a run without a checkpoint, from its record. */
    static State of(RunRecord record, LoadedConfig kept) {
        if (!record.text("config", "hash").equals(Sha256.of(kept.hashed()))) {
            throw new InputException(
                    "resolved.yaml has changed since the run began", "Begin a new run with the changed config.");
        }
        State fingerprint = new State()
                .put(CONFIG, kept.hashed())
                .put("config_sha256", record.text("config", "hash"))
                .put("seed", record.text("seed"));
        for (String name : record.keys("data")) {
            fingerprint.put(DATA + name, record.text("data", name, "sha256"));
        }
        if (!RecordedWarmStart.hash(record).isEmpty()) {
            fingerprint.put(START, RecordedWarmStart.hash(record));
        }
        for (Object item : record.items("plugins")) {
            if (item instanceof Map<?, ?> plugin) {
                put(fingerprint, plugin);
                if (plugin.get("libraries") instanceof List<?> libraries) {
                    libraries.forEach(library -> put(fingerprint, (Map<?, ?>) library));
                }
            }
        }
        return fingerprint;
    }

    private static void put(State fingerprint, Map<?, ?> jar) {
        fingerprint.put(
                PLUGIN + Path.of(String.valueOf(jar.get("jar"))).getFileName(), String.valueOf(jar.get("sha256")));
    }

    /**
     * Return the changes in words; empty if there is none.
     *
     * @param allowed whether safe changes are accepted
     * @param looked where changed data files were looked for
     * @throws InputException with the changes, if they are unsafe or not accepted
     */
    static List<String> changes(State before, State now, boolean allowed, Path run, List<String> looked) {
        List<String> sensible = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (ConfigChanges.Change change : ConfigChanges.between(before.text(CONFIG), now.text(CONFIG))) {
            (MAY_CHANGE.matcher(change.path()).matches() ? sensible : others).add(change.toString());
        }
        TreeSet<String> names = new TreeSet<>(before.texts().keySet());
        names.addAll(now.texts().keySet());
        for (String name : names) {
            String was = before.has(name) ? before.text(name) : "absent";
            String is = now.has(name) ? now.text(name) : "absent";
            if (was.equals(is)) {
                continue;
            }
            if (name.startsWith(PLUGIN)) {
                sensible.add(name + " was " + was + ", is now " + is);
            } else if (name.startsWith(DATA)) {
                others.add(EXAMPLES + name + " were " + was + ", are now " + is);
            } else if (name.equals(START)) {
                others.add("the file it started from was " + was + ", is now " + is);
            }
        }
        if (!others.isEmpty() || !allowed && !sensible.isEmpty()) {
            List<String> notes = new ArrayList<>(others);
            if (others.stream().anyMatch(change -> change.startsWith(EXAMPLES))) {
                notes.addAll(looked);
            }
            notes.addAll(sensible);
            notes.add(
                    others.isEmpty()
                            ? "With --allow-changes the run is resumed anyway, and its record shows the change."
                            : "These cannot change within a run. Begin a new run.");
            throw new InputException(
                    "run " + run + " cannot be resumed: its inputs have changed", notes.toArray(String[]::new));
        }
        return sensible;
    }
}
