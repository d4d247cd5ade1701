package dev.chainrule.model.activation;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;

/**
 * The logarithm of the softmax of each row: a[j] = z[j] − log Σₖ e^z[k], without overflow for any logits, and finite where a softmax
 * would round to 0; delta[j] = g[j] − e^a[j]·Σₖ g[k].
 *
 * <p>Source: I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", 2016, section 6.2.2.3, equation 6.30.
 */
@Component("log_softmax")
@Doc("Turns the outputs of an example into logarithms of probabilities that sum to 1. The loss cross_entropy takes the "
        + "logarithm itself: combine it with softmax.")
public record LogSoftmax() implements Activation {
    @Override
    public void forward(Matrix z, Matrix a, Kernels kernels) {
        kernels.logSoftmaxRows(z, a);
    }

    @Override
    public void backward(Matrix z, Matrix a, Matrix g, Matrix delta, Kernels kernels) {
        kernels.logSoftmaxBackward(a, g, delta);
    }

    @Override
    public Bounds outputs() {
        return new Bounds(Double.NEGATIVE_INFINITY, 0, false);
    }
}
