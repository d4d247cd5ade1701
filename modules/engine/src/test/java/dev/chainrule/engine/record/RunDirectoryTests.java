package dev.chainrule.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTests {
    private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    private Path runs;

    @Test
    void create_twiceInOneSecond_givesTwoDirectories() {
        assertEquals(runs.resolve("a/20260102-030405-01234567"), create(STARTED).path());
        assertEquals(
                runs.resolve("a/20260102-030405-01234567-2"), create(STARTED).path());
    }

    @Test
    void createAt_notEmpty_isRefused() throws IOException {
        Files.writeString(runs.resolve("something"), "here");
        assertThrows(InputException.class, () -> RunDirectory.createAt(runs));
    }

    @Test
    void createAt_endedBeforeItBegan_isAsIfEmpty() throws IOException {
        Files.createDirectory(runs.resolve("bases"));
        List<String> rubbish = List.of("config.yaml", "bases/1-base.yaml", "start.safetensors", ".run.json.part");
        for (String left : rubbish) {
            Files.writeString(runs.resolve(left), "");
        }
        Files.writeString(runs.resolve(".lock"), "");
        assertTrue(RunDirectory.createAt(runs).clear());
        assertFalse(RunDirectory.createAt(runs).clear());
        rubbish.forEach(left -> assertFalse(Files.exists(runs.resolve(left)), left));
        Files.writeString(runs.resolve("notes.txt"), "");
        assertThrows(InputException.class, () -> RunDirectory.createAt(runs));
        Files.delete(runs.resolve("notes.txt"));
        Files.delete(runs.resolve(".lock"));
        Files.writeString(runs.resolve("config.yaml"), "");
        assertThrows(InputException.class, () -> RunDirectory.createAt(runs), "a config that is the user's own");
    }

    @Test
    void createAt_fileInTheWay_isAFailureOfTheRun() throws IOException {
        Path file = Files.writeString(runs.resolve("file"), "here");
        RunException thrown = assertThrows(RunException.class, () -> RunDirectory.createAt(file.resolve("below")));
        assertTrue(thrown.getMessage().startsWith("cannot create the run directory " + file), thrown.getMessage());
    }

    private RunDirectory create(Instant started) {
        return RunDirectory.create(runs, "a", started, "0123456789abcdef");
    }
}
