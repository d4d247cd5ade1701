package dev.chainrule.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A plugin that leaves out an argument is told which. */
final class MissingArgumentTests {
    private static final int CHECKED = 134;

    @ParameterizedTest
    @EnumSource
    void kernels_anyArgumentNull_isNamed(Precision precision) throws ReflectiveOperationException {
        try (ThreadTeam team = new ThreadTeam(1)) {
            Kernels kernels = Kernels.of(precision, team);
            int checked = 0;
            for (Method method : Kernels.class.getMethods()) {
                if (Modifier.isStatic(method.getModifiers())) {
                    continue;
                }
                for (int missing = 0; missing < method.getParameterCount(); missing++) {
                    if (!method.getParameterTypes()[missing].isPrimitive()) {
                        assertNamed(kernels, method, missing);
                        checked++;
                    }
                }
            }
            assertEquals(CHECKED, checked);
        }
    }

    @Test
    void multiplyAddRow_missingOrMisshapenRow_saysSo() {
        try (ThreadTeam team = new ThreadTeam(1)) {
            Kernels kernels = Kernels.of(Precision.FLOAT32, team);
            Matrix x = kernels.matrix(2, 3);
            Matrix row = kernels.matrix(1, 3);
            assertEquals("row is null", refusal(() -> kernels.multiplyAddRow(x, row, null)));
            assertEquals("factor is null", refusal(() -> kernels.multiplyAddRow(x, null, row)));
            assertEquals("x is null", refusal(() -> kernels.addRow(null, row)));
            assertEquals(
                    "row is [1, 2], the matrix is [2, 3]",
                    refusal(() -> kernels.multiplyAddRow(x, row, kernels.matrix(1, 2))));
        }
    }

    private static String refusal(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }

    private static void assertNamed(Kernels kernels, Method method, int missing) throws ReflectiveOperationException {
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(type -> given(kernels, type))
                .toArray();
        arguments[missing] = null;
        InvocationTargetException e = assertThrows(
                InvocationTargetException.class, () -> method.invoke(kernels, arguments), method.toString());
        String message = assertInstanceOf(IllegalArgumentException.class, e.getCause(), method.toString())
                .getMessage();
        assertTrue(message.matches("[a-z]\\w* is null"), method + ": " + message);
    }

    private static Object given(Kernels kernels, Class<?> type) {
        if (type == Matrix.class) {
            return kernels.matrix(1, 1);
        }
        if (type == ScalarFunction.class) {
            return CommonFunction.TANH;
        }
        if (type == PairFunction.class) {
            return (PairFunction) (x, y, c) -> x;
        }
        if (type == UpdateRule.class) {
            return new UpdateRule() {
                @Override
                public double parameter(double w, double g, double first, double second) {
                    return w;
                }

                @Override
                public double first(double w, double g, double first, double second) {
                    return first;
                }
            };
        }
        if (type == Patches.class) {
            Window window = new Window(1, 1, 1, 1, 0, 1);
            return new Patches(window, window, 1, 0, 1);
        }
        if (type == RandomStream.class) {
            return RandomStream.of(1, "missing");
        }
        if (type == List.class) {
            return Collections.emptyList();
        }
        if (type == int[].class) {
            return new int[] {0};
        }
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 1;
        }
        return type == long.class ? (Object) 1L : (Object) 1.0;
    }
}
