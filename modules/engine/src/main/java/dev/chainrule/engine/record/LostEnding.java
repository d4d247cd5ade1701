package dev.chainrule.engine.record;

import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ending of a run whose process could not record it, because it was killed or the machine lost power.
 *
 * <p>Such a run has a record with the state running, while no process locks its directory. The record then gets an ending
 * without an exit code. Its seal keeps all but the digest: nobody has checked the files that grew since.
 */
public final class LostEnding {
    private static final Blame BLAME = Blame.of(Blame.Who.MACHINE, "ended without a report: killed or lost power");

    private LostEnding() {}

    /**
     * Record the ending of a run if it is lost, and restore its config if it was killed while replacing it. Nothing is written
     * while a process locks the run, or if the record was edited or signed.
     *
     * @return the record afterwards
     * @throws IOException if the run's directory cannot be locked
     * @throws dev.chainrule.api.error.RunException if the record cannot be written
     */
    public static RunRecord record(RunRecord known) throws IOException {
        if (!isLost(known) && !ReplacedConfig.isUnderWay(known.directory())) {
            return known;
        }
        Optional<FolderLock> lock = FolderLock.tryTake(known.directory().path());
        if (lock.isEmpty()) {
            return known;
        }
        try {
            return recordHeld(known.directory());
        } finally {
            lock.get().close();
        }
    }

    /**
     * Do the same to a run that this process has locked.
     *
     * @return the record afterwards
     */
    public static RunRecord recordHeld(RunDirectory directory) {
        RunRecord record = RunRecord.read(directory);
        ReplacedConfig.putBack(record);
        if (!isLost(record)) {
            return record;
        }
        Map<String, Object> ended = record.all();
        ended.put("state", RunRecord.UNFINISHED);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("reason", BLAME.reason());
        result.put("blame", BLAME.json());
        ended.put("result", result);
        AtomicFiles.write(directory.record(), RunSeal.withDigest(ended));
        return RunRecord.read(directory);
    }

    private static boolean isLost(RunRecord record) {
        return record.text("state").equals(RunRecord.RUNNING)
                && !(RunSeal.isSealed(record) && RunSeal.isEdited(record))
                && !Files.exists(record.directory().signature());
    }
}
