package dev.chainrule.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeclaredTests {
    /** A hundred matrices of so many rows and columns take more than any memory. */
    private static final int MANY = 1 << 15;

    @ParameterizedTest
    @EnumSource(Precision.class)
    void matrix_largerThanTheMemory_hasAShapeAndTakesAValue(Precision precision) {
        Kernels kernels = Declared.kernels(precision, new ThreadTeam(1));
        for (int i = 0; i < 100; i++) {
            Matrix w = kernels.matrix(MANY, MANY);
            w.fill(3);
            assertEquals(MANY * MANY, w.size());
            assertEquals(precision, w.precision());
            assertTrue(Declared.isUntouched(w));
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void matrix_onceUsed_isAsIfItHadBeenAllocated(Precision precision) {
        Kernels kernels = Declared.kernels(precision, new ThreadTeam(1));
        Matrix zeros = kernels.matrix(2, 3);
        assertEquals(0, zeros.get(1, 2));
        assertFalse(Declared.isUntouched(zeros));
        Matrix filled = kernels.matrix(2, 3);
        filled.fill(7);
        filled.set(0, 1, 5);
        assertEquals(List.of(7.0, 5.0, 7.0), List.of(filled.get(0, 0), filled.get(0, 1), filled.get(1, 2)));
        Matrix copy = kernels.matrix(2, 3);
        copy.copyFrom(filled);
        assertEquals(5, copy.get(0, 1));
        Matrix sum = kernels.matrix(2, 3);
        kernels.addScaled(2, filled, sum);
        assertEquals(10, sum.get(0, 1));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void fillLater_declared_computesTheValuesOnceAtTheFirstUse(Precision precision) {
        Matrix w = Declared.kernels(precision, new ThreadTeam(1)).matrix(1, 2);
        int[] calls = new int[1];
        assertTrue(Declared.fillLater(w, matrix -> {
            calls[0]++;
            matrix.set(0, 1, 4);
        }));
        assertEquals(0, calls[0]);
        assertEquals(List.of(0.0, 4.0, 4.0), List.of(w.get(0, 0), w.get(0, 1), w.get(0, 1)));
        assertEquals(1, calls[0]);
        assertFalse(Declared.fillLater(w, matrix -> matrix.fill(9)));
        assertEquals(4, w.get(0, 1));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void shape_elementsUsed_isRefused(Precision precision) {
        Matrix w = Declared.shape(precision, MANY, MANY);
        w.fill(1);
        Matrix other = Kernels.of(precision, new ThreadTeam(1)).matrix(1, 1);
        List<Consumer<Matrix>> uses = List.of(
                matrix -> matrix.get(0, 0),
                matrix -> matrix.set(0, 0, 1),
                matrix -> matrix.copyFrom(other),
                matrix -> matrix.reshape(1, 1));
        for (Consumer<Matrix> use : uses) {
            assertThrows(Declared.Untouchable.class, () -> use.accept(w));
        }
        assertTrue(Declared.isUntouched(w));
    }

    @Test
    void isUntouched_allocatedMatrix_isFalse() {
        assertFalse(Declared.isUntouched(new FloatMatrix(1, 1)));
        assertFalse(Declared.isUntouched(new DoubleMatrix(1, 1)));
    }
}
