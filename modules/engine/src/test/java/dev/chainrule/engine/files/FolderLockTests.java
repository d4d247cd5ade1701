package dev.chainrule.engine.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderLockTests {
    @TempDir
    private Path folder;

    /** POSIX locks end when their process closes any channel to the file. */
    @Test
    void isHeld_lookedAtByItsOwnProcess_staysHeldForOthers() throws Exception {
        try (FolderLock lock = FolderLock.tryTake(folder).orElseThrow()) {
            assertTrue(FolderLock.isHeld(folder), () -> lock + " is held");
            assertTrue(FolderLock.tryTake(folder).isEmpty());
            assertTrue(FolderLock.tryTake(folder.resolve("../" + folder.getFileName()))
                    .isEmpty());
            assertEquals("true", askAnotherProcess());
        }
        assertFalse(FolderLock.isHeld(folder));
        assertEquals("false", askAnotherProcess());
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

    /** A process that says whether another one holds a folder. */
    static final class Looking {
        private Looking() {}

        public static void main(String[] args) {
            System.out.println(FolderLock.isHeld(Path.of(args[0])));
        }
    }
}
