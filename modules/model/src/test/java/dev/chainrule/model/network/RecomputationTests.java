package dev.chainrule.model.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Test the division of networks into segments. */
final class RecomputationTests {
    private static final int WIDTH = 4;

    private final Kernels kernels = Kernels.of(Precision.FLOAT64, new ThreadTeam(1));

    /** Each layer has two stages: values 1 to 16. */
    private Recomputation of(int... units) {
        List<NamedLayer> layers = new ArrayList<>();
        for (int width : units) {
            layers.add(new NamedLayer(Optional.empty(), NetworkTests.dense(width)));
        }
        return new Recomputation(
                Network.build(layers, Shape.of(WIDTH), kernels, 1).topology());
    }

    /**
     * The ends of two segments, z and a of the output, and four values of a segment; the gradient of the output, and those of two
     * neighbours.
     */
    @Test
    void segments_ofEqualLayers_areEqual() {
        Recomputation twice = of(IntStream.generate(() -> WIDTH).limit(8).toArray());
        assertEquals(List.of(5, 10, 16), ends(twice, 16));
        assertEquals(8 * WIDTH, twice.valueColumns());
        assertEquals(3 * WIDTH, twice.deltaColumns());
        long affine = 2 * WIDTH * WIDTH + WIDTH;
        assertEquals(4 * affine + 4 * WIDTH, twice.flops());
    }

    @Test
    void segments_ofLayersOfUnequalWidths_endWhereFewColumnsAreRead() {
        Recomputation twice = of(8, 8, 8, 3, 8, 8, 8, 8);
        assertEquals(List.of(4, 8, 12, 16), ends(twice, 16));
        assertEquals(8 + 3 + 8 + 2 * 8 + 3 * 8, twice.valueColumns());
    }

    @Test
    void segments_ofOneLayer_areOne() {
        Recomputation twice = of(5);
        assertEquals(List.of(2), ends(twice, 2));
        assertEquals(0, twice.flops());
    }

    private static List<Integer> ends(Recomputation twice, int last) {
        List<Integer> ends = new ArrayList<>();
        for (int v = 1; v <= last; v++) {
            if (twice.segmentTo(v) >= 0) {
                ends.add(v);
            }
        }
        assertTrue(ends.size() == twice.segments(), ends::toString);
        return ends;
    }
}
