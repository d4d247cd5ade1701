package dev.chainrule.model.initializer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Initializer;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;

/**
 * An initializer that draws w from N(0, std), std = √(2 / (fanIn + fanOut)), not truncated.
 *
 * <p>Source: X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS
 * 2010, equation 12: the variance for which activations and gradients both keep their size.
 */
@Component("xavier_normal")
@Doc(
        "Normal draws of standard deviation √(2 / (inputs + outputs)), also known as Glorot: for tanh, sigmoid and softmax.")
public record XavierNormal() implements Initializer {
    @Override
    public void fill(Matrix w, int fanIn, int fanOut, Draws draws) {
        Fill.normal(w, 0, Math.sqrt(2.0 / ((double) fanIn + fanOut)), draws);
    }
}
