package dev.chainrule.model.shape;

import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static dev.chainrule.model.testing.Matrices.of;
import static dev.chainrule.model.testing.Matrices.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.testing.Gradients;
import dev.chainrule.model.testing.Matrices;
import dev.chainrule.model.testing.TestLayer;
import dev.chainrule.model.testing.TestPass;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SelectTests {
    @Test
    void features_inAnyOrder_arePassedOnInThatOrder() {
        TestLayer layer = new TestLayer(features("3-4", "0", "1"), Shape.of(6), FLOAT64);
        assertEquals(Shape.of(4), layer.nodes().get(0).output());
        Matrix x = of(FLOAT64, row(0, 1, 2, 3, 4, 5), row(10, 11, 12, 13, 14, 15));
        Matrices.assertSame(
                of(FLOAT64, row(3, 4, 0, 1), row(13, 14, 10, 11)), layer.forward(x, TestPass.TRAINING), "out");
        Matrix delta = of(FLOAT64, row(1, 2, 3, 4), row(5, 6, 7, 8));
        Matrices.assertSame(
                of(FLOAT64, row(3, 4, 0, 1, 2, 0), row(7, 8, 0, 5, 6, 0)),
                layer.backward(delta, TestPass.TRAINING),
                "dx");
    }

    @Test
    void features_ofASequence_areThoseOfEachStep() {
        TestLayer layer = new TestLayer(features("2", "0"), Shape.of(2, 3), FLOAT64);
        assertEquals(Shape.of(2, 2), layer.nodes().get(0).output());
        Matrix x = of(FLOAT64, row(0, 1, 2, 10, 11, 12));
        Matrices.assertSame(of(FLOAT64, row(2, 0, 12, 10)), layer.forward(x, TestPass.TRAINING), "out");
        Gradients.assertLayer(features("2", "0"), Shape.of(4, 3), 3, TestPass.CHECK);
    }

    @Test
    void channels_ofAnImage_areThoseOfEachPixel() {
        Select spec = new Select(Optional.empty(), Optional.empty(), Optional.of(List.of(new Select.Range(1, 2))));
        TestLayer layer = new TestLayer(spec, Shape.of(1, 2, 3), FLOAT64);
        assertEquals(Shape.of(1, 2, 2), layer.nodes().get(0).output());
        Matrix x = of(FLOAT64, row(0, 1, 2, 10, 11, 12));
        Matrices.assertSame(of(FLOAT64, row(1, 2, 11, 12)), layer.forward(x, TestPass.TRAINING), "out");
        Gradients.assertLayer(spec, Shape.of(2, 2, 3), 3, TestPass.CHECK);
    }

    @Test
    void columns_withoutATable_areRefused() {
        Select spec = new Select(Optional.of(List.of("age")), Optional.empty(), Optional.empty());
        InputException e = assertThrows(InputException.class, () -> new TestLayer(spec, Shape.of(3), FLOAT64));
        assertEquals("input [3] has no columns with names", e.getMessage());
    }

    @Test
    void range_ofOtherTexts_isRefused() {
        assertEquals("0-9", Select.Range.parse("0-9").toString());
        assertEquals("7", Select.Range.parse("7-7").toString());
        for (String text : new String[] {"", "-1", "1-", "3-2", "1.5", "1-2-3", "1234567890"}) {
            assertEquals(
                    "'" + text + "' is neither a number nor a range",
                    assertThrows(IllegalArgumentException.class, () -> Select.Range.parse(text))
                            .getMessage());
        }
    }

    private static Select features(String... ranges) {
        List<Select.Range> parsed =
                Arrays.stream(ranges).map(Select.Range::parse).toList();
        return new Select(Optional.empty(), Optional.of(parsed), Optional.empty());
    }
}
