package dev.chainrule.app.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SeriesTests {
    private static final int MEGABYTE = 1 << 20;

    private static Series of(double... y) {
        return new Series(IntStream.rangeClosed(1, y.length).asDoubleStream().toArray(), y);
    }

    @Test
    void best_withNaN_isTheBestNumber() {
        Series series = of(Double.NaN, 3, 1, 2);
        assertEquals(2, series.best(false));
        assertEquals(1, series.best(true));
        assertEquals(-1, of(Double.NaN).best(true));
    }

    @Test
    void thinned_longSeries_keepsEndsExtremesAndOnlyRecordedPoints() {
        double[] y =
                IntStream.range(0, 10_000).mapToDouble(i -> 1.0 / (1 + i % 97)).toArray();
        y[7_777] = 50;
        y[3_333] = -50;
        Series thinned = of(y).thinned(600);
        assertTrue(thinned.size() <= 600 && thinned.size() > 300, thinned.size() + " points");
        for (int i = 0; i < thinned.size(); i++) {
            assertEquals(y[(int) thinned.x()[i] - 1], thinned.y()[i]);
            assertTrue(i == 0 || thinned.x()[i] > thinned.x()[i - 1]);
        }
        List<Double> kept = DoubleStream.of(thinned.x()).boxed().toList();
        assertTrue(kept.containsAll(List.of(1.0, 3_334.0, 7_778.0, 10_000.0)), kept::toString);
        Series few = of(Arrays.copyOf(y, 600));
        assertSame(few, few.thinned(600));
    }

    @Test
    void draw_tenThousandEpochsOfTenMetrics_staysSmall() {
        double[] y = IntStream.range(0, 10_000).mapToDouble(i -> 1 / (3.0 + i)).toArray();
        Markup page = new Markup(text -> text);
        for (int metric = 0; metric < 10; metric++) {
            List<LineChart.Line> lines = List.of(
                    new LineChart.Line("train", "train.m" + metric, of(y), 9_999),
                    new LineChart.Line("validation", "validation.m" + metric, of(y), 9_999));
            new LineChart("m" + metric, "epoch", lines, OptionalDouble.of(10_000), true).draw(page);
        }
        int size = page.toString().length();
        assertTrue(size < MEGABYTE && size > MEGABYTE / 10, size + " characters");
    }
}
