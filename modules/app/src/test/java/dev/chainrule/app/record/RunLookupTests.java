package dev.chainrule.app.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.error.InputException;
import dev.chainrule.app.shell.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunLookupTests {
    private static final String EARLY = "20260102-030405-01234567";
    private static final String LATE = "20260102-030407-89abcdef";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Context context = new Context(
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of(),
            Clock.fixed(Instant.parse("2026-02-01T00:00:00Z"), ZoneOffset.UTC));
    private Path runs;

    @BeforeEach
    void writeRuns() throws IOException {
        runs = folder.resolve("runs");
        write("cars/" + EARLY, "{}");
        write("cars/" + LATE, "{}");
        write("gates/20260102-030406-00000000", "{}");
    }

    @Test
    void find_latest_givesTheMostRecentOfAll() throws IOException {
        assertFound("cars/" + LATE, "latest");
        write("gates/20260103-000000-00000000", "{}");
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
            write("cars/" + LATE + "-" + attempt, "{}");
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
    void find_youngestIsDamaged_skipsItWithAWarning() throws IOException {
        write("cars/20260109-000000-00000000", "{\"started\"");
        assertFound("cars/" + LATE, "latest");
        assertWarned("skipped run RUNS/cars/20260109-000000-00000000: the record is damaged: ");
    }

    @Test
    void find_youngestBeganInTheFuture_skipsItWithAWarning() throws IOException {
        write("cars/20990101-000000-00000000", "{\"started\": \"2099-01-01T00:00:00Z\"}");
        assertFound("cars/" + LATE, "cars");
        assertWarned("skipped run RUNS/cars/20990101-000000-00000000: according to its record, it began in the "
                + "future. To use it anyway, give its path");
        write("boats/20990101-000000-00000000", "{}");
        assertFound("boats/20990101-000000-00000000", "boats");
    }

    @Test
    void find_directoryNamedLaterThanItsRecord_isDatedByItsRecord() throws IOException {
        write("cars/20260109-000000-00000000", "{\"started\": \"2026-01-02T03:04:06Z\"}");
        assertFound("cars/" + LATE, "cars");
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void find_allAreDamaged_givesTheYoungest() throws IOException {
        write("cars/" + EARLY, "");
        write("cars/" + LATE, "");
        assertFound("cars/" + LATE, "cars");
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
                "Give a run's name or directory, or 'latest' for the most recent run under RUNS.",
                file.toString());
        Path begun = Files.createDirectories(folder.resolve("begun"));
        Files.writeString(begun.resolve(".lock"), "");
        assertRefused(
                "'" + begun + "' is not a run: it has no run.json",
                "It is just starting, or was killed while starting; in that case, run its config again.",
                begun.toString());
    }

    @Test
    void find_noRunsAtAll_saysSo() {
        Path none = folder.resolve("none");
        InputException latest = assertThrows(InputException.class, () -> RunLookup.find(none, "latest", context));
        assertEquals("no run under " + none, latest.getMessage());
        InputException named = assertThrows(InputException.class, () -> RunLookup.find(none, "cars", context));
        assertEquals(List.of("There are no runs under " + none + "."), named.notes());
    }

    private void assertFound(String expected, String text) {
        assertEquals(runs.resolve(expected), RunLookup.find(runs, text, context).path());
    }

    private void assertWarned(String warning) {
        String warned = err.toString(StandardCharsets.UTF_8);
        assertTrue(warned.startsWith("warning: " + warning.replace("RUNS", runs.toString())), warned);
        assertEquals(1, warned.lines().count(), warned);
    }

    private void assertRefused(String message, String note, String text) {
        InputException e = assertThrows(InputException.class, () -> RunLookup.find(runs, text, context));
        assertEquals(message, e.getMessage());
        assertEquals(List.of(note.replace("RUNS", runs.toString())), e.notes());
    }

    private void write(String run, String record) throws IOException {
        Files.createDirectories(runs.resolve(run));
        Files.writeString(runs.resolve(run).resolve("run.json"), record);
    }
}
