package dev.chainrule.model.initializer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Initializer;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;

/**
 * An initializer that draws w from N(0, std), std = 1 / √fanIn, not truncated.
 *
 * <p>Source: Y. LeCun, L. Bottou, G. Orr, K.-R. Müller, "Efficient BackProp", 1998, section 4.6. Nielsen, chapter 3,
 * calls them the default weights.
 */
@Component("lecun_normal")
@Doc("Normal draws of standard deviation 1 / √inputs: the default weights of Nielsen, chapter 3.")
public record LecunNormal() implements Initializer {
    @Override
    public void fill(Matrix w, int fanIn, int fanOut, Draws draws) {
        Fill.normal(w, 0, Math.sqrt(1.0 / fanIn), draws);
    }
}
