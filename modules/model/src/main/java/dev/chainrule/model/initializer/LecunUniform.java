package dev.chainrule.model.initializer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Initializer;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;

/**
 * An initializer that draws w from U[−limit, limit), limit = √(3 / fanIn): a variance of 1 / fanIn.
 *
 * <p>Source: Y. LeCun, L. Bottou, G. Orr, K.-R. Müller, "Efficient BackProp", 1998, section 4.6, as a uniform
 * distribution of the same variance.
 */
@Component("lecun_uniform")
@Doc("Uniform draws between ±√(3 / inputs).")
public record LecunUniform() implements Initializer {
    @Override
    public void fill(Matrix w, int fanIn, int fanOut, Draws draws) {
        double limit = Math.sqrt(3.0 / fanIn);
        Fill.uniform(w, -limit, limit, draws);
    }
}
