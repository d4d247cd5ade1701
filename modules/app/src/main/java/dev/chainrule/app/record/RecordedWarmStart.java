package dev.chainrule.app.record;

import dev.chainrule.api.error.InputException;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.model.TensorMapping;
import dev.chainrule.engine.model.WarmStart;
import dev.chainrule.engine.record.RunRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The initial tensors of a run that were learned before: recorded, with a copy in the run, and given to a repetition. */
public final class RecordedWarmStart {
    private static final String START = "start";
    private static final String COPY_HASH = "copy_sha256";
    private static final String FRESH = "fresh";

    private RecordedWarmStart() {}

    /** Return the facts in run.json about them. */
    public static Map<String, Object> facts(WarmStart start) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("file", start.file().toString());
        facts.put("sha256", start.sha256());
        facts.put("tensors", start.sources());
        facts.put(FRESH, start.fresh());
        facts.put("skipped", start.skipped());
        facts.put("rounded", start.rounded());
        facts.put(COPY_HASH, start.copySha256());
        return facts;
    }

    /** Return the SHA-256 of the copy; {@code ""} where a run began with nothing learned before. */
    public static String hash(RunRecord record) {
        return record.text(START, COPY_HASH);
    }

    /**
     * Begin as a run did.
     *
     * @throws InputException if its copy of the initial tensors is gone or does not fit
     */
    public static Assembly apply(RunRecord record, Assembly assembly) {
        if (hash(record).isEmpty()) {
            return assembly;
        }
        Path copy = record.directory().start();
        if (!Files.isRegularFile(copy)) {
            throw new InputException(
                            "is missing", "The run started from it. Restore it, or begin a new run with --start-from.")
                    .inFile(copy.toString());
        }
        List<String> fresh =
                record.items(START, FRESH).stream().map(String::valueOf).toList();
        TensorMapping mapping = new TensorMapping(Map.of(), fresh, List.of());
        return assembly.startingFrom(WarmStart.read(copy, mapping, assembly.network(), assembly.pipeline()));
    }

    /**
     * Begin as a run did, from the very bytes that it began with.
     *
     * @throws InputException if its copy of them is gone or another one
     */
    public static Assembly applyUnchanged(RunRecord record, Assembly assembly) {
        Assembly started = apply(record, assembly);
        String now = started.start().map(WarmStart::sha256).orElse("");
        if (!now.equals(hash(record))) {
            throw new InputException(
                            "has changed since the run started from it: its SHA-256 was " + hash(record) + ", is now "
                                    + now,
                            "Restore the file, or begin a new run with --start-from.")
                    .inFile(record.directory().start().toString());
        }
        return started;
    }
}
