package dev.chainrule.builtin.regularizer;

import static dev.chainrule.model.testing.Matrices.FLOAT32;
import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static dev.chainrule.model.testing.Matrices.assertClose;
import static dev.chainrule.model.testing.Matrices.assertSame;
import static dev.chainrule.model.testing.Matrices.copy;
import static dev.chainrule.model.testing.Matrices.of;
import static dev.chainrule.model.testing.Matrices.random;
import static dev.chainrule.model.testing.Matrices.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.Regularizer;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.testing.Gradients;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegularizerTests {
    @Test
    void l2_byHand_isHalfTheSquares() {
        for (Kernels kernels : List.of(FLOAT32, FLOAT64)) {
            Matrix w = of(kernels, row(1, -2), row(0, 3));
            Matrix gradient = of(kernels, row(10, 10), row(10, 10));
            L2 regularizer = new L2(5);
            assertEquals(5 / 20.0 * 14, regularizer.cost(w, 10, kernels));
            regularizer.addGradient(w, 10, gradient, kernels);
            assertSame(of(kernels, row(10.5, 9), row(10, 11.5)), gradient, "gradient");
        }
    }

    @Test
    void l1_byHand_isTheMagnitudes() {
        for (Kernels kernels : List.of(FLOAT32, FLOAT64)) {
            Matrix w = of(kernels, row(1, -2), row(0, 3));
            Matrix gradient = of(kernels, row(10, 10), row(10, 10));
            L1 regularizer = new L1(5);
            assertEquals(5 / 10.0 * 6, regularizer.cost(w, 10, kernels));
            regularizer.addGradient(w, 10, gradient, kernels);
            assertSame(of(kernels, row(10.5, 9.5), row(10, 10.5)), gradient, "gradient");
        }
    }

    @Test
    void strength_byHand_isNotDivided() {
        Matrix w = of(FLOAT64, row(1, -2), row(0, 3));
        Matrix gradient = of(FLOAT64, row(10, 10), row(10, 10));
        Regularizer squares = new L2(Optional.empty(), Optional.of(0.5));
        assertEquals(0.25 * 14, squares.cost(w, 10, FLOAT64));
        squares.addGradient(w, 10, gradient, FLOAT64);
        assertSame(of(FLOAT64, row(10.5, 9), row(10, 11.5)), gradient, "gradient");
        assertEquals(0.5 * 6, new L1(Optional.empty(), Optional.of(0.5)).cost(w, 10, FLOAT64));
    }

    @Test
    void gradients_atRandomPlaces_matchCentralDifferences() {
        for (Regularizer regularizer : List.of(new L1(0.7), new L2(0.7))) {
            Matrix w = random(FLOAT64, 4, 3, 1);
            Matrix before = copy(FLOAT64, w);
            Matrix gradient = FLOAT64.matrix(4, 3);
            regularizer.addGradient(w, 3, gradient, FLOAT64);
            assertSame(before, w, "w is not modified");
            Matrix numeric = Gradients.numeric(w, () -> regularizer.cost(w, 3, FLOAT64));
            assertClose(numeric, gradient, 1e-8, "gradient"); // as in Gradients
        }
    }

    @Test
    void kinks_ofL1_areAtZero() {
        assertArrayEquals(new double[] {0}, new L1(1).kinks());
        assertArrayEquals(new double[0], new L2(1).kinks());
    }

    @Test
    void lambda_outsideItsRange_isRefused() {
        ParameterException problem = assertThrows(ParameterException.class, () -> new L2(-1));
        assertEquals("lambda is -1", problem.getMessage());
        assertEquals("a finite number, 0 or more", problem.allowed());
        assertThrows(ParameterException.class, () -> new L1(Double.NaN));
        assertThrows(ParameterException.class, () -> new L2(Optional.empty(), Optional.of(-1.0)));
        assertThrows(ParameterException.class, () -> new L2(Optional.of(1.0), Optional.of(1.0)));
        assertThrows(InputException.class, () -> new L1(Optional.empty(), Optional.empty()));
    }
}
