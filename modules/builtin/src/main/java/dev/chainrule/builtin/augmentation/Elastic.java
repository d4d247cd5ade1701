package dev.chainrule.builtin.augmentation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.Augmentation;
import dev.chainrule.api.data.AugmentationSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Strict;

/**
 * An elastic distortion: the place of a pixel is (y + alpha·d[y, x], x + alpha·e[y, x]). The fields d and e are uniform draws from
 * [−1, 1), first all of d by rows, then all of e, smoothed by the weights exp(−i²/2σ²)/Σ, |i| ≤ ⌈3σ⌉, along each row and then along
 * each column; outside the image they are 0, and each sum ascends in float64. See {@link Motion}.
 *
 * <p>Source: P. Simard, D. Steinkraus, J. Platt, "Best Practices for Convolutional Neural Networks Applied to Visual Document
 * Analysis", ICDAR 2003, section 2; the weights sum to 1 there, too.
 */
@Component("elastic")
@Doc("Distorts images like rubber: neighbouring pixels move in similar, random directions.")
public record Elastic(
        @Doc("The strength of the distortion: 0 or more. Of Simard et al., 34 with a sigma of 4 for digits.")
        @Default("34")
        double alpha,

        @Doc("The distance in pixels over which directions are similar: from 0.1 to 100.") @Default("4")
        double sigma,

        @Doc("The value of pixels from outside the image, in the unit of the transformed inputs.") @Default("0")
        double fill)
        implements AugmentationSpec {
    private static final double LEAST = 0.1;
    private static final double MOST = 100;
    private static final double STRONGEST = 1e6;

    public Elastic {
        ParameterException.require(alpha >= 0 && alpha <= STRONGEST, "alpha", alpha, "from 0 to 1000000");
        ParameterException.require(sigma >= LEAST && sigma <= MOST, "sigma", sigma, "from 0.1 to 100");
        ParameterException.require(Double.isFinite(fill), "fill", fill, "a finite number");
    }

    @Override
    public Augmentation create(Encoding encoding) {
        return new Rubber(encoding);
    }

    private final class Rubber extends Motion {
        private final double[] weights = weights();
        private final double[] down;
        private final double[] right;
        private final double[] along;

        Rubber(Encoding encoding) {
            super("elastic", encoding, fill);
            int pixels = picture().height() * picture().width();
            down = new double[pixels];
            right = new double[pixels];
            along = new double[pixels];
        }

        @Override
        void draw(Draws draws) {
            draw(draws, down);
            draw(draws, right);
            smooth(down);
            smooth(right);
        }

        @Override
        void find(int y, int x) {
            u = y + alpha * down[y * picture().width() + x];
            v = x + alpha * right[y * picture().width() + x];
        }

        private void draw(Draws draws, double[] field) {
            for (int i = 0; i < field.length; i++) {
                field[i] = 2 * draws.uniform24() - 1;
            }
        }

        private void smooth(double[] field) {
            int width = picture().width();
            for (int i = 0; i < field.length; i++) {
                along[i] = sum(field, i, i % width, width, 1);
            }
            for (int i = 0; i < field.length; i++) {
                field[i] = sum(along, i, i / width, picture().height(), width);
            }
        }

        /** Return the weighted sum around a place of an axis, whose places are {@code step} numbers apart. */
        private double sum(double[] numbers, int at, int place, int length, int step) {
            int reach = weights.length - 1;
            double sum = 0;
            for (int i = -Math.min(reach, place); i <= Math.min(reach, length - 1 - place); i++) {
                sum += weights[Math.abs(i)] * numbers[at + i * step];
            }
            return sum;
        }
    }

    /** Return the weights of the places from 0 to ⌈3σ⌉ away, which sum to 1 with those on the other side. */
    private double[] weights() {
        double[] weights = new double[(int) Math.ceil(3 * sigma) + 1];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Strict.exp(-i * i / (2 * sigma * sigma));
            sum += i == 0 ? weights[i] : 2 * weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }
}
