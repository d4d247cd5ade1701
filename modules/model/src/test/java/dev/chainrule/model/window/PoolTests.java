package dev.chainrule.model.window;

import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static dev.chainrule.model.testing.Matrices.of;
import static dev.chainrule.model.testing.Matrices.row;
import static dev.chainrule.model.window.ConvTests.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.testing.Gradients;
import dev.chainrule.model.testing.Matrices;
import dev.chainrule.model.testing.TestLayer;
import dev.chainrule.model.testing.TestPass;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PoolTests {
    private static final Padding NONE = Padding.parse("none");
    private static final Matrix X = of(FLOAT64, row(1, 8, 3, 2, 5, 6, 7, 4, 9));
    private static final Shape IMAGE = Shape.of(3, 3, 1);

    @Test
    void maxPool_byHand_passesTheGreatestOn() {
        TestLayer layer = new TestLayer(new MaxPool(numbers(2), Optional.of(numbers(1)), NONE), IMAGE, FLOAT64);
        Matrices.assertSame(of(FLOAT64, row(8, 8, 7, 9)), layer.forward(X, TestPass.TRAINING), "out");
        Matrix dx = layer.backward(of(FLOAT64, row(1, 2, 3, 4)), TestPass.TRAINING);
        Matrices.assertSame(of(FLOAT64, row(0, 3, 0, 0, 0, 0, 3, 0, 4)), dx, "dx");
    }

    @Test
    void maxPool_withoutStride_doesNotOverlapAndLeavesARestOut() {
        TestLayer layer = new TestLayer(new MaxPool(numbers(2), Optional.empty(), NONE), IMAGE, FLOAT64);
        assertEquals(Shape.of(1, 1, 1), layer.nodes().get(0).output());
        Matrices.assertSame(of(FLOAT64, row(8)), layer.forward(X, TestPass.TRAINING), "out");
    }

    @Test
    void meanPool_byHand_countsThePlacesWithin() {
        TestLayer layer = new TestLayer(new MeanPool(numbers(2), Optional.empty(), Padding.parse("1")), IMAGE, FLOAT64);
        Matrices.assertSame(of(FLOAT64, row(1, 5.5, 4.5, 6)), layer.forward(X, TestPass.TRAINING), "out");
        Matrix dx = layer.backward(of(FLOAT64, row(1, 2, 4, 8)), TestPass.TRAINING);
        Matrices.assertSame(of(FLOAT64, row(1, 1, 1, 2, 2, 2, 2, 2, 2)), dx, "dx");
    }

    @Test
    void globalPools_ofAnImageAndASequence_giveANumberForEachChannel() {
        Matrix x = of(FLOAT64, row(1, 10, 3, 50, 8, 30));
        for (Shape input : new Shape[] {Shape.of(3, 1, 2), Shape.of(3, 2)}) {
            TestLayer max = new TestLayer(new GlobalMaxPool(), input, FLOAT64);
            assertEquals(Shape.of(2), max.nodes().get(0).output());
            Matrices.assertSame(of(FLOAT64, row(8, 50)), max.forward(x, TestPass.TRAINING), "max");
            TestLayer mean = new TestLayer(new GlobalMeanPool(), input, FLOAT64);
            Matrices.assertSame(of(FLOAT64, row(4, 30)), mean.forward(x, TestPass.TRAINING), "mean");
        }
    }

    @Test
    void gradients_ofManyWindows_matchCentralDifferences() {
        Padding same = Padding.parse("same");
        check(new MaxPool(numbers(2, 3), Optional.of(numbers(1, 2)), same), Shape.of(4, 5, 2));
        check(new MaxPool(numbers(3), Optional.empty(), Padding.parse("2")), Shape.of(7, 3));
        check(new MeanPool(numbers(2, 3), Optional.of(numbers(1, 2)), same), Shape.of(4, 5, 2));
        check(new MeanPool(numbers(3), Optional.of(numbers(1)), NONE), Shape.of(7, 3));
        check(new GlobalMaxPool(), Shape.of(3, 4, 2));
        check(new GlobalMeanPool(), Shape.of(5, 3));
    }

    private static void check(LayerSpec layer, Shape input) {
        Gradients.assertLayer(layer, input, 3, TestPass.CHECK);
    }

    @Test
    void branches_ofAnotherMaximum_differ() {
        assertEquals(fingerprint(1, 2), fingerprint(1, 3));
        assertNotEquals(fingerprint(1, 2), fingerprint(2, 1));
    }

    private static long fingerprint(double first, double second) {
        TestLayer layer = new TestLayer(new GlobalMaxPool(), Shape.of(2, 1), FLOAT64);
        Matrix x = of(FLOAT64, row(first, second));
        Matrix out = layer.forward(x, TestPass.CHECK);
        Branches branches = new Branches();
        layer.nodes().get(0).branches(x, out, branches);
        return branches.fingerprint();
    }

    @Test
    void build_ofMisuse_saysWhatToDo() {
        assertEquals(
                "size is 0",
                assertThrows(ParameterException.class, () -> new MaxPool(numbers(0), Optional.empty(), NONE))
                        .getMessage());
        assertEquals(
                "stride is 0",
                assertThrows(ParameterException.class, () -> new MeanPool(numbers(2), Optional.of(numbers(0)), NONE))
                        .getMessage());
        InputException problem =
                assertThrows(InputException.class, () -> new TestLayer(new GlobalMeanPool(), Shape.of(10), FLOAT64));
        assertEquals(
                "global_mean_pool slides over images or sequences, but its input is [features 10]",
                problem.getMessage());
        assertEquals(
                List.of("Put a reshape layer before it, to [height, width, channels] or [steps, features]."),
                problem.notes());
    }
}
