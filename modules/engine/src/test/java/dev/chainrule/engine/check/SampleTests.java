package dev.chainrule.engine.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTests {
    @Test
    void of_smallMatrix_isAllOfIt() {
        assertArrayEquals(IntStream.range(0, 12).toArray(), Sample.of(3, "w", 3, 4, 12));
    }

    @Test
    void of_largerMatrices_isAsManyPlacesAsAskedForWithBothCorners() {
        int[][] shapes = {{1, 256}, {784, 256}, {16, 10}, {201, 1}, {2, 101}};
        for (int[] shape : shapes) {
            for (int count : new int[] {2, 20, 150}) {
                int[] places = Sample.of(7, "w", shape[0], shape[1], count);
                String what = Arrays.toString(shape) + ", " + count;
                assertEquals(count, Arrays.stream(places).distinct().count(), what);
                assertArrayEquals(Arrays.stream(places).sorted().toArray(), places, what);
                assertEquals(0, places[0], what);
                assertEquals(shape[0] * shape[1] - 1, places[count - 1], what);
            }
        }
    }

    /** 100 places in 100 rows and columns: a Latin hypercube has one in each, but for the corners' and what they displace. */
    @Test
    void of_largeMatrix_coversRowsAndColumns() {
        int[] places = Sample.of(7, "w", 100, 100, 100);
        assertTrue(Arrays.stream(places).map(place -> place / 100).distinct().count() >= 95);
        assertTrue(Arrays.stream(places).map(place -> place % 100).distinct().count() >= 95);
    }
}
