package dev.chainrule.model.initializer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Initializer;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;

/**
 * An initializer that draws w from U[−limit, limit), limit = √(6 / fanIn): a variance of 2 / fanIn.
 *
 * <p>Source: K. He, X. Zhang, S. Ren, J. Sun, "Delving Deep into Rectifiers", ICCV 2015, equation 10, as a uniform
 * distribution of the same variance.
 */
@Component("he_uniform")
@Doc("Uniform draws between ±√(6 / inputs), also known as Kaiming: for relu.")
public record HeUniform() implements Initializer {
    @Override
    public void fill(Matrix w, int fanIn, int fanOut, Draws draws) {
        double limit = Math.sqrt(6.0 / fanIn);
        Fill.uniform(w, -limit, limit, draws);
    }
}
