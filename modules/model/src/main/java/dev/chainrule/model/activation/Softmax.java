package dev.chainrule.model.activation;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;

/**
 * The softmax of each row: a[j] = e^z[j] / Σₖ e^z[k], the row's maximum subtracted first, so that no logit overflows;
 * delta[j] = a[j]·(g[j] − Σₖ g[k]·a[k]).
 */
@Component("softmax")
@Doc("Turns the outputs of an example into probabilities that sum to 1. In the output layer, combine it with "
        + "cross_entropy.")
public record Softmax() implements Activation {
    @Override
    public void forward(Matrix z, Matrix a, Kernels kernels) {
        kernels.softmaxRows(z, a);
    }

    @Override
    public void backward(Matrix z, Matrix a, Matrix g, Matrix delta, Kernels kernels) {
        kernels.softmaxBackward(a, g, delta);
    }

    @Override
    public Bounds outputs() {
        return Bounds.DISTRIBUTION;
    }
}
