package dev.chainrule.model.initializer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Initializer;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;

/**
 * An initializer that draws w with a mean of 0 and a variance of scale / n, n being the number of inputs, of outputs, or the mean of
 * both. The uniform draws are from U[−√(3·scale/n), √(3·scale/n)); truncated ones are divided by 0.8796, the standard deviation that
 * truncation leaves.
 *
 * <p>Source: the initializer of this name in Keras, of which those of X. Glorot and Y. Bengio (2010), K. He and others (2015) and
 * Y. LeCun and others (1998) are special cases.
 */
@Component("variance_scaling")
@Doc("Draws of variance scale / n, where n is the number of inputs or outputs, or their mean.")
public record VarianceScaling(
        @Doc("The variance times n: above 0.") @Default("1") double scale,

        @Doc("The number n: fan_in (inputs), fan_out (outputs) or fan_avg (the mean of both).") @Default("fan_in")
        Mode mode,

        @Doc("The distribution: truncated_normal (within two standard deviations), normal or uniform.")
        @Default("truncated_normal")
        Distribution distribution)
        implements Initializer {
    /** The standard deviation of N(0, 1) truncated at 2: √(1 − 4·φ(2) / (2·Φ(2) − 1)). */
    private static final double TRUNCATED = 0.87962566103423978;

    /** The numbers to divide by. */
    public enum Mode {
        /** The inputs that one output sums. */
        FAN_IN,
        /** The outputs that one input feeds. */
        FAN_OUT,
        /** The mean of both. */
        FAN_AVG
    }

    /** The distributions. */
    public enum Distribution {
        /** Normal, within two standard deviations. */
        TRUNCATED_NORMAL,
        /** Normal. */
        NORMAL,
        /** Uniform. */
        UNIFORM
    }

    public VarianceScaling {
        ParameterException.require(scale > 0 && Double.isFinite(scale), "scale", scale, "a finite number above 0");
    }

    @Override
    public void fill(Matrix w, int fanIn, int fanOut, Draws draws) {
        double n = switch (mode) {
            case FAN_IN -> fanIn;
            case FAN_OUT -> fanOut;
            case FAN_AVG -> ((double) fanIn + fanOut) / 2;
        };
        double limit = Math.sqrt(3 * scale / n);
        switch (distribution) {
            case TRUNCATED_NORMAL -> Fill.truncatedNormal(w, 0, Math.sqrt(scale / n) / TRUNCATED, draws);
            case NORMAL -> Fill.normal(w, 0, Math.sqrt(scale / n), draws);
            case UNIFORM -> Fill.uniform(w, -limit, limit, draws);
        }
    }
}
