package dev.chainrule.app.record;

import dev.chainrule.api.InputException;
import dev.chainrule.app.shell.Context;
import dev.chainrule.config.ConfigException;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.Sha256;
import dev.chainrule.engine.record.Checkpoint;
import dev.chainrule.engine.record.Checkpoints;
import dev.chainrule.engine.record.HashChain;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Look whether the files of a run are still those that were written: the hashes in run.json say. */
public final class RecordCheck {
    private static final int MOST_PATHS = 5;

    private final RunRecord record;
    private final RunDirectory directory;
    private final Context context;
    private final List<String> edits = new ArrayList<>();

    private RecordCheck(RunRecord record, Context context) {
        this.record = record;
        this.directory = record.directory();
        this.context = context;
    }

    /** Return what was edited since the run, in words; nothing where all is as it was. */
    public static List<String> edits(RunRecord record, Context context) {
        RecordCheck check = new RecordCheck(record, context);
        check.config();
        check.file(record.directory().start(), RecordedStart.hash(record));
        check.chain();
        check.checkpoints();
        for (String name : record.keys("result", "sha256")) {
            check.file(record.directory().path().resolve(name), record.text("result", "sha256", name));
        }
        return check.edits;
    }

    private void config() {
        file(directory.config(), record.text("config", "sha256"));
        for (Object item : record.items("config", "bases")) {
            Map<?, ?> base = (Map<?, ?>) item;
            file(directory.bases().resolve(String.valueOf(base.get("copy"))), String.valueOf(base.get("sha256")));
        }
        if (!file(directory.resolved(), record.text("config", "resolved_sha256"))) {
            seed();
        }
        if (!edits.isEmpty()) {
            paths();
        }
    }

    /** Say which values were edited, by putting the config together again. */
    private void paths() {
        try {
            RecordedConfig recorded = new RecordedConfig(record, context);
            String composed = recorded.composed(recorded.plugins(List.of())).resolved();
            List<Difference> differences = FlatConfig.differences(composed, Files.readString(directory.resolved()));
            differences.stream()
                    .limit(MOST_PATHS)
                    .forEach(difference -> edits.add(difference.name() + " is " + difference.one() + " in config.yaml, "
                            + difference.other() + " in resolved.yaml"));
        } catch (ConfigException | InputException | IOException e) {
            edits.add("one of them is not a config any more: " + e.getMessage());
        }
    }

    private void seed() {
        try {
            String seed = FlatConfig.of(Files.readString(directory.resolved())).getOrDefault("seed", "");
            if (!seed.equals(record.text("seed"))) {
                edits.add("run.json was edited after the run: seed is " + record.text("seed")
                        + " there, resolved.yaml says " + seed);
            }
        } catch (IOException e) {
            edits.add("resolved.yaml cannot be read: " + AtomicFiles.reason(e));
        }
    }

    private void chain() {
        HashChain chain = HashChain.read(directory.chain());
        chain.flaw().ifPresent(flaw -> edits.add("chain.jsonl was edited after the run: " + flaw));
        String last = record.text("result", "chain");
        if (chain.flaw().isEmpty() && !last.isEmpty() && !last.equals(chain.last())) {
            edits.add(
                    "the chain does not end in the link that run.json holds: " + chain.last() + " instead of " + last);
        }
    }

    /** A checkpoint holds its own checksum. */
    private void checkpoints() {
        for (Path file : Checkpoints.all(directory)) {
            try {
                Checkpoint.read(file);
            } catch (InputException e) {
                edits.add(directory.path().relativize(file) + " was edited after the run or is damaged: "
                        + e.getMessage());
            }
        }
    }

    /** Report a file that is not as it was; return whether it is not. */
    private boolean file(Path file, String recorded) {
        if (recorded.isEmpty() || hash(file).equals(recorded)) {
            return false;
        }
        String name = directory.path().relativize(file).toString();
        edits.add(Files.exists(file) ? name + " was edited after the run" : name + " is gone");
        return true;
    }

    private static String hash(Path file) {
        try {
            return Files.exists(file) ? Sha256.of(file) : "";
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e)).inFile(file.toString());
        }
    }
}
