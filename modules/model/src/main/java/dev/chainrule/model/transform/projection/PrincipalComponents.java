package dev.chainrule.model.transform.projection;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Transform;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.State;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;

/**
 * The projection c_k = Σ_j (x_j − mean_j)·v_jk, j ascending, where v_k is the eigenvector of the k-th largest eigenvalue of the covariance
 * Σ(x − mean)(x − mean)ᵀ/(n − 1) of the training examples (I. Jolliffe, "Principal Component Analysis", 2nd ed., section 1.1). Its
 * sign makes the number of greatest magnitude positive, the first of several. Whitened components are divided by the root of the
 * eigenvalue, unless that is at most {@code inputs·ulp} of the largest, which rounding alone can make of linearly dependent columns.
 */
final class PrincipalComponents implements Transform {
    private final int[] inputs;
    private final Encoding encoding;
    private final boolean whiten;
    /** [1, inputs] */
    private final DoubleMatrix mean;
    /** [components, inputs] */
    private final DoubleMatrix directions;

    private final Matrix out;

    /**
     * Begin.
     *
     * @param inputs that are projected, ascending
     * @param encoding of the projected examples
     */
    PrincipalComponents(int[] inputs, Encoding encoding, int components, boolean whiten, Kernels kernels) {
        this.inputs = inputs;
        this.encoding = encoding;
        this.whiten = whiten;
        this.mean = new DoubleMatrix(1, inputs.length);
        this.directions = new DoubleMatrix(components, inputs.length);
        this.out = kernels.matrix(0, encoding.shape().size());
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }

    @Override
    public void fit(Examples training) {
        int size = inputs.length;
        double[] means = new double[size];
        training.forEachInput(x -> {
            for (int j = 0; j < size; j++) {
                means[j] += x[inputs[j]] / training.size();
            }
        });
        double[][] covariance = new double[size][size];
        training.forEachInput(x -> {
            for (int i = 0; i < size; i++) {
                double deviation = x[inputs[i]] - means[i];
                for (int j = 0; j <= i; j++) {
                    covariance[i][j] += deviation * (x[inputs[j]] - means[j]);
                }
            }
        });
        for (int i = 0; i < size; i++) {
            if (!Double.isFinite(covariance[i][i])) {
                throw new InputException(
                        "numbers are too large for pca: their squares are beyond float64",
                        "Scale them first: add standardize before pca.");
            }
            for (int j = 0; j <= i; j++) {
                covariance[i][j] /= Math.max(1, training.size() - 1);
                covariance[j][i] = covariance[i][j];
            }
        }
        mean.setRow(0, means);
        learn(new Eigenvectors(covariance));
    }

    private void learn(Eigenvectors vectors) {
        double none = inputs.length * Math.ulp(Math.max(0, vectors.value(0)));
        for (int k = 0; k < directions.rows(); k++) {
            double[] vector = vectors.vector(k);
            int greatest = 0;
            for (int j = 1; j < vector.length; j++) {
                greatest = Math.abs(vector[j]) > Math.abs(vector[greatest]) ? j : greatest;
            }
            double scale = whiten && vectors.value(k) > none ? Math.sqrt(vectors.value(k)) : 1;
            for (int j = 0; j < vector.length; j++) {
                directions.set(k, j, (vector[greatest] < 0 ? -vector[j] : vector[j]) / scale);
            }
        }
    }

    @Override
    public Matrix inputs(Matrix x) {
        out.reshape(x.rows(), encoding.shape().size());
        for (int row = 0; row < x.rows(); row++) {
            int at = 0;
            int next = 0;
            for (int input = 0; input < x.columns(); input++) {
                if (next == inputs.length || inputs[next] != input) {
                    out.set(row, at++, x.get(row, input));
                    continue;
                }
                for (int k = 0; next == 0 && k < directions.rows(); k++) {
                    out.set(row, at++, projection(x, row, k));
                }
                next++;
            }
        }
        return out;
    }

    private double projection(Matrix x, int row, int k) {
        double sum = 0;
        for (int j = 0; j < inputs.length; j++) {
            sum += (x.get(row, inputs[j]) - mean.get(0, j)) * directions.get(k, j);
        }
        return sum;
    }

    @Override
    public void save(State to) {
        to.put("mean", mean).put("directions", directions);
    }

    @Override
    public void restore(State from) {
        mean.copyFrom(from.matrix("mean"));
        directions.copyFrom(from.matrix("directions"));
    }
}
