package dev.chainrule.builtin.metric.classes;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.State;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.metric.Classes;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;

/**
 * The expected calibration error Σ (examples of the bin / all)·|accuracy of the bin − mean confidence of the bin|, the confidence being the output of
 * the predicted class, or 1 minus a single output that predicts class 0. Bin k of n contains the confidences above k/n up to (k + 1)/n;
 * those outside 0 to 1 are in the nearest bin.
 *
 * <p>Source: C. Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, equation 3.
 */
@Component("calibration_error")
@Doc(
        "The mean difference between the probability of the predicted class and the share of predictions that are right, over"
                + " bins of equal width: 0 if probabilities can be taken literally.")
public record CalibrationError(
        @Doc("The number of bins: from 1 to 10,000.") @Default("10")
        int bins) implements Metric {
    private static final int MOST = 10_000;

    public CalibrationError {
        ParameterException.require(bins >= 1 && bins <= MOST, "bins", bins, "from 1 to " + MOST);
    }

    @Override
    public boolean higherIsBetter() {
        return false;
    }

    @Override
    public void check(Shape output, Target target) {
        Classes.require("calibration_error", output, target);
    }

    @Override
    public Bounds values() {
        return Bounds.from(0);
    }

    @Override
    public Accumulator start() {
        return new Bins(bins);
    }

    private static final class Bins implements Accumulator {
        private static final int EXAMPLES = 0;
        private static final int RIGHT = 1;
        private static final int CONFIDENCE = 2;

        /** [3, bins]. */
        private final Matrix sums;

        Bins(int bins) {
            sums = new DoubleMatrix(CONFIDENCE + 1, bins);
        }

        @Override
        public void add(Matrix a, Matrix y, Matrix costs) {
            for (int i = 0; i < a.rows(); i++) {
                int predicted = Target.predictedClass(a, i);
                double confidence =
                        a.columns() > 1 ? a.get(i, predicted) : predicted == 1 ? a.get(i, 0) : 1 - a.get(i, 0);
                int above = (int) Math.ceil(confidence * sums.columns());
                int bin = Math.max(0, Math.min(sums.columns() - 1, above - 1));
                add(EXAMPLES, bin, 1);
                add(RIGHT, bin, predicted == Target.trueClass(y, i) ? 1 : 0);
                add(CONFIDENCE, bin, confidence);
            }
        }

        private void add(int which, int bin, double number) {
            sums.set(which, bin, sums.get(which, bin) + number);
        }

        @Override
        public double value() {
            double examples = 0;
            double difference = 0;
            for (int k = 0; k < sums.columns(); k++) {
                examples += sums.get(EXAMPLES, k);
                difference += Math.abs(sums.get(RIGHT, k) - sums.get(CONFIDENCE, k));
            }
            return examples == 0 ? Double.NaN : difference / examples;
        }

        @Override
        public void save(State to) {
            to.put("sums", sums);
        }

        @Override
        public void restore(State from) {
            sums.copyFrom(from.matrix("sums"));
        }
    }
}
