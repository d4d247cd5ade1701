package dev.chainrule.model.initializer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Initializer;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;

/**
 * An initializer that draws gain times a matrix with orthonormal columns, or rows if there are fewer of them, each such matrix being as
 * probable as any other.
 *
 * <p>Vectors of N(0, 1) draws are made orthonormal by the method of Gram and Schmidt: each has its projections on the earlier ones
 * subtracted, twice, so that no rounding error is left, and is divided by its length; sums ascend, in float64. That is the factor Q of
 * a QR decomposition whose R has a positive diagonal, as uniformity requires.
 *
 * <p>Source: A. Saxe, J. McClelland, S. Ganguli, "Exact Solutions to the Nonlinear Dynamics of Learning in Deep Linear Neural Networks",
 * ICLR 2014, section 3; the distribution: F. Mezzadri, "How to Generate Random Matrices from the Classical Compact Groups", Notices of
 * the AMS 54, 2007, section 5.
 */
@Component("orthogonal")
@Doc("A random orthogonal matrix: its columns, or its rows if there are fewer, have length gain and are orthogonal.")
public record Orthogonal(
        @Doc("The length of the columns or rows.") @Default("1")
        double gain) implements Initializer {
    public Orthogonal {
        ParameterException.require(Double.isFinite(gain), "gain", gain, "a finite number");
    }

    @Override
    public void fill(Matrix w, int fanIn, int fanOut, Draws draws) {
        boolean tall = w.rows() >= w.columns();
        double[][] vectors = new double[Math.min(w.rows(), w.columns())][Math.max(w.rows(), w.columns())];
        for (int k = 0; k < vectors.length; k++) {
            for (int i = 0; i < vectors[k].length; i++) {
                vectors[k][i] = draws.normal();
            }
            for (int earlier = 0; earlier < 2 * k; earlier++) {
                double[] other = vectors[earlier % k];
                add(-dot(vectors[k], other), other, vectors[k]);
            }
            double length = Math.sqrt(dot(vectors[k], vectors[k]));
            for (int i = 0; i < vectors[k].length; i++) {
                vectors[k][i] /= length;
                w.set(tall ? i : k, tall ? k : i, gain * vectors[k][i]);
            }
        }
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    private static void add(double factor, double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            y[i] += factor * x[i];
        }
    }
}
