package dev.chainrule.engine.record;

import dev.chainrule.api.error.RunException;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.Sha256;
import dev.chainrule.engine.files.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The resolved config of a run while a resumption replaces it. The record seals that config, and no disk replaces two files at
 * once: so a hidden file keeps the previous config until the new record is written. If that never happens, the next command
 * that reads the run restores the config.
 */
public final class ReplacedConfig {
    private ReplacedConfig() {}

    /** Replace the resolved config, before the record is written. */
    public static void replace(RunDirectory run, String resolved) {
        try {
            AtomicFiles.write(before(run), ByteBuffer.wrap(WholeFile.bytes(run.resolved())));
        } catch (IOException e) {
            throw AtomicFiles.failure(before(run), e);
        }
        AtomicFiles.write(run.resolved(), resolved);
    }

    /** Delete the previous config, since the record is written. */
    public static void forget(RunDirectory run) {
        AtomicFiles.delete(before(run));
    }

    /** Return whether a resumption that replaces the config is unfinished, or was killed. */
    static boolean isUnderWay(RunDirectory run) {
        return Files.exists(before(run));
    }

    /** Restore the previous config, if it is that of the record. */
    static void putBack(RunRecord record) {
        RunDirectory run = record.directory();
        Path before = before(run);
        try {
            if (!Files.exists(before)) {
                return;
            }
            String name = run.resolved().getFileName().toString();
            if (Sha256.of(before).equals(RunSeal.listed(record).get(name))) {
                Files.move(before, run.resolved(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
                AtomicFiles.forceFolder(run.path());
            } else {
                forget(run);
            }
        } catch (IOException e) {
            throw new RunException("cannot rename " + before + ": " + AtomicFiles.reason(e) + ".", e);
        }
    }

    private static Path before(RunDirectory run) {
        return run.path().resolve("." + run.resolved().getFileName() + ".before");
    }
}
