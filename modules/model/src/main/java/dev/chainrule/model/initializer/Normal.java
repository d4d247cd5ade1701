package dev.chainrule.model.initializer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Initializer;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;

/**
 * An initializer that draws w from N(mean, std). The defaults are the first weights of Nielsen, chapter 1, which
 * chapter 3 calls large.
 */
@Component("normal")
@Doc("Normal draws, regardless of the number of inputs. The defaults are the large weights of Nielsen, chapters "
        + "1 and 3.")
public record Normal(
        @Doc("The mean.") @Default("0") double mean,

        @Doc("The standard deviation: 0 or more.") @Default("1")
        double std)
        implements Initializer {
    public Normal {
        ParameterException.require(Double.isFinite(mean), "mean", mean, "a finite number");
        ParameterException.require(std >= 0 && Double.isFinite(std), "std", std, "a finite number, 0 or more");
    }

    @Override
    public void fill(Matrix w, int fanIn, int fanOut, Draws draws) {
        Fill.normal(w, mean, std, draws);
    }
}
