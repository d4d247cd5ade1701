package dev.chainrule.model.initializer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Initializer;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;

/**
 * An initializer that draws w from N(0, std), std = √(2 / fanIn), not truncated.
 *
 * <p>Source: K. He, X. Zhang, S. Ren, J. Sun, "Delving Deep into Rectifiers", ICCV 2015, equation 10: a rectifier
 * passes half of the variance, so the weights have twice as much.
 */
@Component("he_normal")
@Doc("Normal draws of standard deviation √(2 / inputs), also known as Kaiming: for relu.")
public record HeNormal() implements Initializer {
    @Override
    public void fill(Matrix w, int fanIn, int fanOut, Draws draws) {
        Fill.normal(w, 0, Math.sqrt(2.0 / fanIn), draws);
    }
}
