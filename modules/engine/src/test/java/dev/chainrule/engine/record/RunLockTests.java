package dev.chainrule.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.RunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunLockTests {
    @TempDir
    private Path folder;

    /** POSIX locks end when their process closes any channel to the file. */
    @Test
    void isHeld_lookedAtByItsOwnProcess_staysHeldForOthers() throws Exception {
        RunDirectory run = new RunDirectory(folder);
        try (RunLock lock = RunLock.take(run)) {
            assertTrue(RunLock.isHeld(run), () -> lock + " is held");
            assertTrue(RunLock.tryTake(run).isEmpty());
            assertTrue(RunLock.tryTake(new RunDirectory(folder.resolve("../" + folder.getFileName())))
                    .isEmpty());
            assertEquals("true", askAnotherProcess());
        }
        assertFalse(RunLock.isHeld(run));
        assertEquals("false", askAnotherProcess());
    }

    @Test
    void take_heldForAMoment_waits() throws Exception {
        RunDirectory run = new RunDirectory(folder);
        RunLock held = RunLock.take(run);
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

    private String askAnotherProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Looking.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said.strip();
    }

    /** A process that says whether another one holds a run. */
    static final class Looking {
        private Looking() {}

        public static void main(String[] args) {
            System.out.println(RunLock.isHeld(new RunDirectory(Path.of(args[0]))));
        }
    }
}
