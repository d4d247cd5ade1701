package dev.chainrule.app.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunLookupTests {
    private static final String EARLY = "20260102-030405-01234567";
    private static final String LATE = "20260102-030407-89abcdef";

    @TempDir
    private Path folder;

    private Path runs;

    @BeforeEach
    void writeRuns() throws IOException {
        runs = folder.resolve("runs");
        write("cars/" + EARLY, "");
        write("cars/" + LATE, "");
        write("gates/20260102-030406-00000000", "");
    }

    @Test
    void find_latest_givesTheMostRecentOfAll() throws IOException {
        assertFound("cars/" + LATE, "latest");
        write("gates/20260103-000000-00000000", "");
        assertFound("gates/20260103-000000-00000000", "latest");
    }

    @Test
    void find_name_givesItsMostRecentRun() {
        assertFound("cars/" + LATE, "cars");
        assertFound("gates/20260102-030406-00000000", "gates");
        assertFound("cars/" + LATE, "cars/");
    }

    @Test
    void find_directory_givesThatRun() {
        assertFound("cars/" + EARLY, runs.resolve("cars").resolve(EARLY).toString());
        assertFound("cars/" + EARLY, "cars/" + EARLY);
    }

    @Test
    void find_folderOfRuns_givesTheMostRecentInIt() {
        assertFound("cars/" + LATE, runs.resolve("cars").toString());
        assertFound("cars/" + LATE, runs.toString());
    }

    @Test
    void find_severalOfOneSecond_givesTheLastAttempt() throws IOException {
        for (int attempt = 2; attempt <= 11; attempt++) {
            write("cars/" + LATE + "-" + attempt, "");
        }
        assertFound("cars/" + LATE + "-11", "cars");
    }

    @Test
    void find_directoryThatTheUserNamed_isDatedByItsRecord() throws IOException {
        write("mine", "{\"started\": \"2026-01-02T03:04:06.5Z\"}");
        assertFound("cars/" + LATE, "latest");
        assertFound("mine", "mine");
        write("mine", "{\"started\": \"2026-01-02T03:04:08Z\"}");
        assertFound("mine", "latest");
    }

    @Test
    void find_nothing_listsWhatThereIs() throws IOException {
        assertRefused("there is no run called 'carz'", "Did you mean 'cars'? Runs under RUNS: cars, gates.", "carz");
        assertRefused("there is no run called 'xyz'", "Runs under RUNS: cars, gates.", "xyz");
        assertRefused(
                "'" + runs.resolve("gate") + "' is not a run: it does not exist",
                "Did you mean 'gates'? Runs under RUNS: cars, gates.",
                runs.resolve("gate").toString());
        assertRefused("there is no run called ''", "Runs under RUNS: cars, gates.", "");
        Path file = Files.writeString(folder.resolve("cars.yaml"), "");
        assertRefused(
                "'" + file + "' is not a run: it has no run.json",
                "Name a run or its directory, or latest for the most recent under RUNS.",
                file.toString());
        Path begun = Files.createDirectories(folder.resolve("begun"));
        Files.writeString(begun.resolve(".lock"), "");
        assertRefused(
                "'" + begun + "' is not a run: it has no run.json",
                "It is beginning just now, or was ended before it could: then run its config again.",
                begun.toString());
    }

    @Test
    void find_noRunsAtAll_saysSo() {
        Path none = folder.resolve("none");
        InputException latest = assertThrows(InputException.class, () -> RunLookup.find(none, "latest"));
        assertEquals("no run under " + none, latest.getMessage());
        InputException named = assertThrows(InputException.class, () -> RunLookup.find(none, "cars"));
        assertEquals(List.of("There is no run under " + none + "."), named.notes());
    }

    private void assertFound(String expected, String text) {
        assertEquals(runs.resolve(expected), RunLookup.find(runs, text).path());
    }

    private void assertRefused(String message, String note, String text) {
        InputException e = assertThrows(InputException.class, () -> RunLookup.find(runs, text));
        assertEquals(message, e.getMessage());
        assertEquals(List.of(note.replace("RUNS", runs.toString())), e.notes());
    }

    private void write(String run, String record) throws IOException {
        Files.createDirectories(runs.resolve(run));
        Files.writeString(runs.resolve(run).resolve("run.json"), record);
    }
}
