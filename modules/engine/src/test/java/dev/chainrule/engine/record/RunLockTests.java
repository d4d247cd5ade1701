package dev.chainrule.engine.record;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.error.RunException;
import dev.chainrule.engine.files.FolderLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunLockTests {
    @TempDir
    private Path folder;

    @Test
    void take_heldForAMoment_waits() throws Exception {
        RunDirectory run = new RunDirectory(folder);
        FolderLock held = RunLock.take(run);
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Void> taking = CompletableFuture.runAsync(() -> {
            begun.countDown();
            RunLock.take(run, Duration.ofMinutes(2)).close();
        });
        begun.await();
        assertThrows(RunException.class, () -> RunLock.take(run, Duration.ZERO));
        held.close();
        taking.get();
        RunLock.take(run).close();
    }
}
