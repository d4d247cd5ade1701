package dev.chainrule.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.training.GradientReport;
import dev.chainrule.api.training.GradientTable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GradientTableTests {
    private static GradientReport.Row row(String equation, String quantity, int checked, int atKink, int unclear) {
        Optional<GradientReport.Entry> worst = Optional.of(new GradientReport.Entry(0, 0, 1, 1, 1.2e-9));
        return new GradientReport.Row(equation, "dense", quantity, 123456, checked, atKink, unclear, 0, 0, worst);
    }

    private static final GradientReport REPORT = new GradientReport(
            List.of(
                    row("fused", "cross_entropy.z", 50, 0, 0),
                    row("BP4", "residual_1.parallel_2.dense_12.weights", 50, 0, 7),
                    row("regularizer", "dense_1.weights", 3, 0, 47)),
            List.of());

    @ParameterizedTest
    @ValueSource(ints = {60, 72, 80, 100, 200})
    void rows_anyWidth_fitAndKeepTheirNumbers(int width) {
        List<String> lines = GradientTable.lines(REPORT, 1e-6, width);
        List<String> rows = lines.subList(1, lines.size());
        rows.forEach(line -> assertTrue(line.length() < width, line));
        assertTrue(rows.get(0).contains("quantity") && rows.get(0).contains("worst"), rows.get(0));
        for (int i = 1; i <= 3; i++) {
            assertTrue(rows.get(i).contains("1.2e-09"), rows.get(i));
            assertTrue(rows.get(i).contains(i == 3 ? " 3 " : " 50 "), rows.get(i));
        }
    }

    @Test
    void rows_narrow_loseColumnsWithoutAFindingFirst() {
        List<String> lines = GradientTable.lines(REPORT, 1e-6, 90);
        assertFalse(lines.get(1).contains("at kink"), lines.get(1));
        assertTrue(lines.get(1).contains("unclear"), lines.get(1));
        assertEquals("  * too few compared", lines.get(lines.size() - 1));
        assertTrue(lines.get(4).endsWith("1.2e-09  *"), lines.get(4));
    }

    @Test
    void rows_wide_areThoseWithoutAWidth() {
        assertEquals(GradientTable.lines(REPORT, 1e-6), GradientTable.lines(REPORT, 1e-6, 200));
        assertTrue(GradientTable.lines(REPORT, 1e-6).get(4).endsWith("1.2e-09  too few compared"));
    }
}
