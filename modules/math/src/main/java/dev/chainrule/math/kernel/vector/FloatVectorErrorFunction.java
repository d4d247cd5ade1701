package dev.chainrule.math.kernel.vector;

import static dev.chainrule.math.function.FloatConstants.ERF_MOST;
import static dev.chainrule.math.function.FloatConstants.SIGN_BIT;
import static dev.chainrule.math.function.FloatErrorFunction.BELL_TOP;
import static dev.chainrule.math.function.FloatErrorFunction.HALF;
import static dev.chainrule.math.function.FloatErrorFunction.SQRT_HALF;
import static dev.chainrule.math.kernel.vector.FloatSpecies.LANES;
import static dev.chainrule.math.kernel.vector.FloatSpecies.S;

import dev.chainrule.math.function.FloatConstants;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The functions erf and GELU of arrays of {@code float}: the same operations as in {@code FloatErrorFunction}, with both of
 * its branches for every element. {@code from} and {@code to} are whole vectors apart, each loop is a {@link SeparateLoop},
 * and {@code rest} and {@code more} store intermediate results between loops.
 */
@SuppressWarnings("cast") // a cast that narrows here does nothing in the source for double
final class FloatVectorErrorFunction {
    private static final float[] NEAR = FloatConstants.errorNear();
    private static final float[] TAIL = FloatConstants.errorTail();

    private static final FloatLoop TAIL_OF = loop("tailLoop");
    private static final FloatLoop NORMAL = loop("normalLoop");
    private static final FloatLoop BELL_EXPONENT = loop("bellExponentLoop");
    private static final FloatLoop SLOPE = loop("slopeLoop");

    private FloatVectorErrorFunction() {}

    private static FloatLoop loop(String name) {
        return new FloatLoop(MethodHandles.lookup(), name);
    }

    /** a = z·Φ(z). */
    static void gelu(float[] z, float[] rest, float[] a, int from, int to) {
        normal(z, rest, from, to);
        FloatVectorActivations.multiply(z, rest, a, from, to);
    }

    /** delta = g·(Φ(z) + z·φ(z)). */
    static void geluBackward(float[] z, float[] rest, float[] more, float[] g, float[] delta, int from, int to) {
        normal(z, rest, from, to);
        BELL_EXPONENT.run(z, more, from, to);
        FloatVectorFunctions.exp(more, more, from, to);
        SLOPE.run(z, rest, more, from, to);
        FloatVectorActivations.multiply(g, more, delta, from, to);
    }

    /** rest = Φ(z) = ½·(1 + erf(z·√½)). */
    private static void normal(float[] z, float[] rest, int from, int to) {
        TAIL_OF.run(z, rest, from, to);
        FloatVectorFunctions.exp(rest, rest, from, to);
        NORMAL.run(z, rest, from, to);
    }

    /** y = −Q(|z·√½| − 1). */
    private static void tailLoop(float[] z, float[] y, int from, int to) {
        for (int i = from; i < to; i += LANES) {
            FloatVector x = FloatVector.fromArray(S, z, i).mul(SQRT_HALF);
            FloatVector s = x.abs().min(ERF_MOST).sub(1);
            FloatVector p = FloatVector.broadcast(S, TAIL[0]);
            for (int t = 1; t < TAIL.length; t++) {
                p = s.fma(p, FloatVector.broadcast(S, TAIL[t]));
            }
            p.neg().intoArray(y, i);
        }
    }

    /** y = ½·(1 + erf x) for x = z·√½, erf x = x + x·C(x²) if |x| is below 1, else 1 − y with the sign of x. */
    private static void normalLoop(float[] z, float[] y, int from, int to) {
        FloatVector one = FloatVector.broadcast(S, 1);
        for (int i = from; i < to; i += LANES) {
            FloatVector x = FloatVector.fromArray(S, z, i).mul(SQRT_HALF);
            FloatVector square = x.mul(x);
            FloatVector p = FloatVector.broadcast(S, NEAR[0]);
            for (int t = 1; t < NEAR.length; t++) {
                p = square.fma(p, FloatVector.broadcast(S, NEAR[t]));
            }
            FloatVector beyondOne = x.abs().sub(one); // negative if |x| is below 1
            IntVector sign = x.reinterpretAsInts().and(SIGN_BIT);
            IntVector beyond = one.sub(FloatVector.fromArray(S, y, i)).reinterpretAsInts();
            FloatVector large = beyond.or(sign).reinterpretAsFloats();
            FloatVector erf = FloatVectorFunctions.select(beyondOne, x.fma(p, x), large);
            erf.add(1).mul(HALF).intoArray(y, i);
        }
    }

    /** y = −½z². */
    private static void bellExponentLoop(float[] z, float[] y, int from, int to) {
        for (int i = from; i < to; i += LANES) {
            FloatVector value = FloatVector.fromArray(S, z, i);
            value.mul(-HALF).mul(value).intoArray(y, i);
        }
    }

    /** y = Φ + z·y/√(2π), e^(−½z²) the previous value of y. */
    private static void slopeLoop(float[] z, float[] normal, float[] y, int from, int to) {
        for (int i = from; i < to; i += LANES) {
            FloatVector bell = FloatVector.fromArray(S, y, i).mul(BELL_TOP);
            FloatVector.fromArray(S, z, i)
                    .fma(bell, FloatVector.fromArray(S, normal, i))
                    .intoArray(y, i);
        }
    }
}
