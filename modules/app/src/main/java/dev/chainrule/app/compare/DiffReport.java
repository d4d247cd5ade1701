package dev.chainrule.app.compare;

import dev.chainrule.api.error.InputException;
import dev.chainrule.app.record.Difference;
import dev.chainrule.app.record.FlatConfig;
import dev.chainrule.app.record.RecordedMetrics;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.WholeFile;
import dev.chainrule.engine.record.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The differences of two runs.
 *
 * @param config values of the resolved configs by path
 * @param data hashes by the part of the config
 * @param start the tensors that the runs began with
 * @param plugins hashes by jar
 * @param program version, commit and hash
 * @param machine facts that must not matter
 */
public record DiffReport(
        Side a,
        Side b,
        List<Difference> config,
        List<Difference> data,
        List<Difference> start,
        List<Difference> plugins,
        List<Difference> program,
        List<Difference> machine,
        RunComparison comparison) {
    /**
     * One of the two runs.
     *
     * @param run how messages call it
     * @param state how it ended
     * @param metrics of the model that it keeps
     */
    public record Side(String run, String name, String state, String started, RecordedMetrics metrics) {
        static Side of(String run, RunRecord record) {
            return new Side(
                    run,
                    record.text("name"),
                    record.text("state"),
                    record.text("started"),
                    RecordedMetrics.read(record));
        }
    }

    /**
     * Compare two runs.
     *
     * @param aRun how messages call the first
     * @param bRun how messages call the second
     * @throws InputException if a file of one cannot be read
     */
    public static DiffReport of(String aRun, RunRecord a, String bRun, RunRecord b) {
        return new DiffReport(
                Side.of(aRun, a),
                Side.of(bRun, b),
                FlatConfig.differences(
                        text(a.directory().resolved()), text(b.directory().resolved())),
                RecordDiff.data(a, b),
                RecordDiff.start(a, b),
                RecordDiff.plugins(a, b),
                RecordDiff.program(a, b),
                RecordDiff.machine(a, b),
                RunComparison.of(a.directory(), b.directory()));
    }

    private static String text(Path file) {
        try {
            return WholeFile.text(file);
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e)).inFile(file.toString());
        }
    }
}
