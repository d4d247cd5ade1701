package dev.chainrule.app.plugged;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Api;
import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Plugin;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.List;

/** Compute a = z − mean(z), row by row; the matrix of derivatives is symmetric, so delta = g − mean(g). */
@Component("centred")
@Doc("z less the mean of its row.")
public record Centred() implements Activation {
    @Override
    public void forward(Matrix z, Matrix a, Kernels kernels) {
        lessItsMean(z, a);
    }

    @Override
    public void backward(Matrix z, Matrix a, Matrix g, Matrix delta, Kernels kernels) {
        lessItsMean(g, delta);
    }

    private static void lessItsMean(Matrix from, Matrix to) {
        to.reshape(from.rows(), from.columns());
        for (int i = 0; i < from.rows(); i++) {
            double sum = 0;
            for (int j = 0; j < from.columns(); j++) {
                sum += from.get(i, j);
            }
            for (int j = 0; j < from.columns(); j++) {
                to.set(i, j, from.get(i, j) - sum / from.columns());
            }
        }
    }

    /** Name the one component. */
    public static final class Entry implements Plugin {
        @Override
        public int apiLevel() {
            return Api.LEVEL;
        }

        @Override
        public List<Class<? extends Record>> components() {
            return List.of(Centred.class);
        }
    }
}
