package dev.chainrule.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TablesTests {
    private static final List<List<String>> ROWS = List.of(
            List.of("name", "date (UTC)", "state", "optimizer.learning_rate", "test.loss", "run"),
            List.of(
                    "mnist",
                    "2026-01-02 03:04:05",
                    "completed",
                    "0.1",
                    "0.07120",
                    "runs/mnist/20260102-030405-01234567"),
            List.of("mnist", "2026-01-02 03:04:06", "failed", "0.01", "12.30", "runs/mnist/20260102-030406-89abcdef"));
    private static final boolean[] RIGHT = {false, false, false, true, true, false};
    private static final int[] WANTED = {1, 0, 2, 4, 3, 5};

    @ParameterizedTest
    @ValueSource(ints = {60, 72, 80, 100, 200})
    void fit_anyWidth_keepsCellsWhole(int width) {
        List<String> lines = Tables.fit(ROWS, RIGHT, WANTED, width);
        lines.forEach(line -> assertTrue(line.length() < width, line));
        assertTrue(lines.get(1).endsWith("runs/mnist/20260102-030405-01234567"), lines.get(1));
        assertEquals(width >= 200, lines.size() == ROWS.size());
        assertEquals(width < 200, lines.get(lines.size() - 1).matches(".*(no room for|csv).*"));
    }

    @Test
    void fit_leastWanted_isLeftOutFirstAndNamed() {
        List<String> lines = Tables.fit(ROWS, RIGHT, WANTED, 100);
        assertFalse(lines.get(0).contains("date"), lines.get(0));
        assertTrue(lines.get(0).startsWith("name"), lines.get(0));
        assertEquals(
                "no room for date (UTC): choose with --columns, or see all with --format csv",
                lines.get(lines.size() - 1));
    }

    @Test
    void fit_twoColumnsThatAreTooLong_shortensTheHeadingAndThenTheLongest() {
        List<List<String>> rows = List.of(
                List.of("optimizer.learning_rate", "run"), List.of("0.00012345", "/a/long/path/to/the/place/of/a/run"));
        List<String> lines = Tables.fit(rows, new boolean[] {true, false}, new int[2], 50);
        assertEquals(List.of("…earning_rate  run", "   0.00012345  /a/long/path/to/the/place/of/a/run"), lines);
        lines = Tables.fit(rows, new boolean[] {true, false}, new int[2], 30);
        assertEquals("0.00012345  …e/place/of/a/run", lines.get(1).strip());
        lines.forEach(line -> assertTrue(line.length() < 30, line));
    }
}
