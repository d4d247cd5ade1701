package dev.chainrule.math.kernel.vector;

import static dev.chainrule.math.function.FloatConstants.EXPONENT_BIAS;
import static dev.chainrule.math.function.FloatConstants.EXP_LEAST;
import static dev.chainrule.math.function.FloatConstants.EXP_MOST;
import static dev.chainrule.math.function.FloatConstants.LN2_HIGH;
import static dev.chainrule.math.function.FloatConstants.LN2_LOW;
import static dev.chainrule.math.function.FloatConstants.LOG2_E;
import static dev.chainrule.math.function.FloatConstants.ROUNDER;
import static dev.chainrule.math.function.FloatConstants.SIGNIFICAND_BITS;
import static dev.chainrule.math.function.FloatConstants.SIGN_BIT;
import static dev.chainrule.math.function.FloatConstants.TANH_MOST;
import static dev.chainrule.math.kernel.vector.FloatSpecies.LANES;
import static dev.chainrule.math.kernel.vector.FloatSpecies.S;

import dev.chainrule.math.function.Bits;
import dev.chainrule.math.function.FloatConstants;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Elementary functions of arrays of {@code float}: the same operations as in {@code FloatExponential} and
 * {@code FloatHyperbolic}, which explain them. {@code from} and {@code to} are whole vectors apart.
 *
 * <p>Each loop is a {@link SeparateLoop}; intermediate results between loops are stored in an array.
 */
@SuppressWarnings("cast") // a cast that narrows here does nothing in the source for double
final class FloatVectorFunctions {
    private static final float[] TAIL = FloatConstants.exponentialTail();
    private static final @Bits int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);

    private static final FloatLoop EXP = loop("expLoop");
    private static final FloatLoop EXPM1 = loop("expm1Loop");
    private static final FloatLoop NEGATE = loop("negateLoop");
    private static final FloatLoop LOGISTIC_FRACTION = loop("logisticFractionLoop");
    private static final FloatLoop DOUBLE = loop("doubleLoop");
    private static final FloatLoop FRACTION = loop("fractionLoop");

    private FloatVectorFunctions() {}

    private static FloatLoop loop(String name) {
        return new FloatLoop(MethodHandles.lookup(), name);
    }

    /** y = eˣ. */
    static void exp(float[] x, float[] y, int from, int to) {
        EXP.run(x, y, from, to);
    }

    /** y = 1 / (1 + e⁻ˣ), with e = e^(−|x|) in rest. */
    static void sigmoid(float[] x, float[] rest, float[] y, int from, int to) {
        NEGATE.run(x, rest, from, to);
        EXP.run(rest, rest, from, to);
        LOGISTIC_FRACTION.run(x, rest, y, from, to);
    }

    /** y = tanh x, with e = e^(2|x|) − 1 in rest. */
    static void tanh(float[] x, float[] rest, float[] y, int from, int to) {
        DOUBLE.run(x, rest, from, to);
        EXPM1.run(rest, rest, from, to);
        FRACTION.run(x, rest, y, from, to);
    }

    private static void expLoop(float[] x, float[] y, int from, int to) {
        FloatVector log2e = FloatVector.broadcast(S, LOG2_E);
        FloatVector rounder = FloatVector.broadcast(S, ROUNDER);
        FloatVector ln2High = FloatVector.broadcast(S, -LN2_HIGH);
        FloatVector ln2Low = FloatVector.broadcast(S, -LN2_LOW);
        for (int i = from; i < to; i += LANES) {
            FloatVector value = FloatVector.fromArray(S, x, i);
            FloatVector bounded = value.min(EXP_MOST).max(EXP_LEAST);
            FloatVector shifted = bounded.fma(log2e, rounder);
            FloatVector n = shifted.sub(rounder);
            FloatVector exact = n.fma(ln2High, bounded);
            FloatVector r = n.fma(ln2Low, exact);
            FloatVector p = FloatVector.broadcast(S, TAIL[0]);
            for (int t = 1; t < TAIL.length; t++) {
                p = r.fma(p, FloatVector.broadcast(S, TAIL[t]));
            }
            FloatVector q = r.mul(r).fma(p, n.fma(ln2Low, exact.sub(r)));
            FloatVector sum = r.add(1);
            FloatVector lost = r.sub(sum.sub(1));
            IntVector exponent = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
            IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
            IntVector rest = exponent.sub(half);
            FloatVector power1 = half.add(EXPONENT_BIAS)
                    .lanewise(VectorOperators.LSHL, SIGNIFICAND_BITS)
                    .reinterpretAsFloats();
            FloatVector power2 = rest.add(EXPONENT_BIAS)
                    .lanewise(VectorOperators.LSHL, SIGNIFICAND_BITS)
                    .reinterpretAsFloats();
            FloatVector e = sum.add(lost.add(q)).mul(power1).mul(power2);
            e.intoArray(y, i);
        }
    }

    /** y = −|x|. */
    private static void negateLoop(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i += LANES) {
            FloatVector.fromArray(S, x, i)
                    .reinterpretAsInts()
                    .or(SIGN_BIT)
                    .reinterpretAsFloats()
                    .intoArray(y, i);
        }
    }

    /** y = 1 / (1 + e), or e / (1 + e) if x is negative; either for −0, for which e is 1. */
    private static void logisticFractionLoop(float[] x, float[] rest, float[] y, int from, int to) {
        FloatVector one = FloatVector.broadcast(S, 1);
        for (int i = from; i < to; i += LANES) {
            FloatVector e = FloatVector.fromArray(S, rest, i);
            FloatVector numerator = select(FloatVector.fromArray(S, x, i), e, one);
            numerator.div(e.add(one)).intoArray(y, i);
        }
    }

    /** y = 2|x|, at most twice {@code TANH_MOST}. */
    private static void doubleLoop(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i += LANES) {
            FloatVector.fromArray(S, x, i).abs().min(TANH_MOST).mul(2).intoArray(y, i);
        }
    }

    /**
     * y = eˣ − 1 for x between 0 and twice {@code TANH_MOST}, so that no bound of the scalar form is reached, scaling by 2ⁿ
     * in one step is exact, and 0 gives 0.
     */
    private static void expm1Loop(float[] x, float[] y, int from, int to) {
        IntVector bias = IntVector.broadcast(FloatSpecies.BITS, EXPONENT_BIAS);
        FloatVector unit = FloatVector.broadcast(S, 1);
        FloatVector log2e = FloatVector.broadcast(S, LOG2_E);
        FloatVector rounder = FloatVector.broadcast(S, ROUNDER);
        FloatVector ln2High = FloatVector.broadcast(S, -LN2_HIGH);
        FloatVector ln2Low = FloatVector.broadcast(S, -LN2_LOW);
        for (int i = from; i < to; i += LANES) {
            FloatVector value = FloatVector.fromArray(S, x, i);
            FloatVector shifted = value.fma(log2e, rounder);
            FloatVector n = shifted.sub(rounder);
            FloatVector exact = n.fma(ln2High, value);
            FloatVector r = n.fma(ln2Low, exact);
            FloatVector p = FloatVector.broadcast(S, TAIL[0]);
            for (int t = 1; t < TAIL.length; t++) {
                p = r.fma(p, FloatVector.broadcast(S, TAIL[t]));
            }
            FloatVector q = r.mul(r).fma(p, n.fma(ln2Low, exact.sub(r)));
            IntVector exponent = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
            FloatVector power = bias.sub(exponent)
                    .lanewise(VectorOperators.LSHL, SIGNIFICAND_BITS)
                    .reinterpretAsFloats();
            FloatVector one = unit.sub(power);
            FloatVector sum = one.add(r);
            FloatVector lost = unit.sub(one).sub(power).add(r.sub(sum.sub(one)));
            FloatVector scale = bias.add(exponent)
                    .lanewise(VectorOperators.LSHL, SIGNIFICAND_BITS)
                    .reinterpretAsFloats();
            sum.add(lost.add(q)).mul(scale).intoArray(y, i);
        }
    }

    /** y = e / (e + 2) = 1 − 2 / (e + 2), with the sign of x. */
    private static void fractionLoop(float[] x, float[] rest, float[] y, int from, int to) {
        FloatVector zero = FloatVector.zero(S);
        FloatVector one = FloatVector.broadcast(S, 1);
        FloatVector two = FloatVector.broadcast(S, 2);
        FloatVector minusTwo = FloatVector.broadcast(S, -2);
        for (int i = from; i < to; i += LANES) {
            FloatVector e = FloatVector.fromArray(S, rest, i);
            FloatVector room = two.sub(e); // negative if e is above 2
            FloatVector fraction = select(room, minusTwo, e).div(e.add(two));
            IntVector magnitude = select(room, one, zero).add(fraction).reinterpretAsInts();
            IntVector sign = FloatVector.fromArray(S, x, i).reinterpretAsInts().and(SIGN_BIT);
            magnitude.or(sign).reinterpretAsFloats().intoArray(y, i);
        }
    }

    /**
     * Return x if sign is below 0 or −0, else y; either if sign is NaN. Used instead of a mask, since C2 allocates an object
     * for a mask of two lanes.
     */
    static FloatVector select(FloatVector sign, FloatVector x, FloatVector y) {
        IntVector chosen = sign.reinterpretAsInts().lanewise(VectorOperators.ASHR, Float.SIZE - 1);
        IntVector other = y.reinterpretAsInts();
        IntVector difference = x.reinterpretAsInts().lanewise(VectorOperators.XOR, other);
        return difference.and(chosen).lanewise(VectorOperators.XOR, other).reinterpretAsFloats();
    }
}
