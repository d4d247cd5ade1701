package dev.chainrule.model.initializer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Initializer;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;

/**
 * An initializer that draws w from U[−limit, limit), limit = √(6 / (fanIn + fanOut)): a variance of 2 / (fanIn +
 * fanOut).
 *
 * <p>Source: X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS
 * 2010, equation 16.
 */
@Component("xavier_uniform")
@Doc("Uniform draws between ±√(6 / (inputs + outputs)), also known as Glorot: for tanh, sigmoid and softmax.")
public record XavierUniform() implements Initializer {
    @Override
    public void fill(Matrix w, int fanIn, int fanOut, Draws draws) {
        double limit = Math.sqrt(6.0 / ((double) fanIn + fanOut));
        Fill.uniform(w, -limit, limit, draws);
    }
}
