package dev.chainrule.builtin.loss;

import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.Loss;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;
import java.util.List;
import java.util.stream.IntStream;

/** Make targets and check refusals for the tests of losses. */
final class LossFixtures {
    private LossFixtures() {}

    static Target target(Target.Form form, int names) {
        return new Target(form, IntStream.range(0, names).mapToObj(i -> "n" + i).toList());
    }

    /** Return class numbers 0, 1, … modulo the number of classes. */
    static Matrix classNumbers(int rows, int classes) {
        Matrix y = FLOAT64.matrix(rows, 1);
        for (int i = 0; i < rows; i++) {
            y.set(i, 0, i % classes);
        }
        return y;
    }

    /** Return the one-hot form of {@link #classNumbers}. */
    static Matrix oneHot(int rows, int classes) {
        Matrix y = FLOAT64.matrix(rows, classes);
        for (int i = 0; i < rows; i++) {
            y.set(i, i % classes, 1);
        }
        return y;
    }

    static void assertRefused(Loss loss, int outputs, Target target, String message, String note) {
        InputException problem = assertThrows(InputException.class, () -> loss.check(Shape.of(outputs), target));
        assertEquals(message, problem.getMessage());
        assertEquals(List.of(note), problem.notes());
    }
}
