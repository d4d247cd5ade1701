package dev.chainrule.engine.check;

import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.DoubleUnaryOperator;

/** Kernels that add or scale gradients wrongly and do everything else right. */
final class FaultyKernels {
    private FaultyKernels() {}

    /** The ways in which adding one gradient to another can go wrong. */
    enum Adding {
        NOT_AT_ALL,
        TWICE,
        SUBTRACTED,
        OVERWRITTEN,
        HALF
    }

    /** Return kernels with which every addition goes wrong. */
    static Kernels adding(Adding adding) {
        return adding(adding, 0, 1);
    }

    /**
     * Return kernels with which one addition of each backward pass goes wrong.
     *
     * @param which of the additions, from 0
     * @param additions of a pass
     */
    static Kernels adding(Adding adding, int which, int additions) {
        int[] calls = {0};
        return proxy((proxy, method, arguments) -> {
            if (method.getName().equals("addScaled") && calls[0]++ % additions == which) {
                switch (adding) {
                    case NOT_AT_ALL -> arguments[0] = 0.0;
                    case TWICE -> arguments[0] = 2.0;
                    case SUBTRACTED -> arguments[0] = -1.0;
                    case HALF -> arguments[0] = 0.5;
                    case OVERWRITTEN -> ((Matrix) arguments[2]).fill(0);
                }
            }
            return call(method, arguments);
        });
    }

    /** Return kernels that multiply by another number in place of one. */
    static Kernels scaling(double factor, DoubleUnaryOperator wrong) {
        return proxy((proxy, method, arguments) -> {
            if (method.getName().equals("scale") && arguments[0].equals(factor)) {
                arguments[0] = wrong.applyAsDouble(factor);
            }
            return call(method, arguments);
        });
    }

    private static Kernels proxy(InvocationHandler handler) {
        return (Kernels)
                Proxy.newProxyInstance(Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, handler);
    }

    private static Object call(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(FaultCase.KERNELS, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
