package dev.chainrule.model.initializer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Initializer;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;

/**
 * An initializer that draws w from N(mean, std) and draws again what is further than two standard deviations from the mean. So the
 * standard deviation of the weights is 0.8796·std, as in TensorFlow.
 */
@Component("truncated_normal")
@Doc("Normal draws within two standard deviations of the mean; others are drawn again.")
public record TruncatedNormal(
        @Doc("The mean.") @Default("0") double mean,

        @Doc("The standard deviation before the truncation: 0 or more.") @Default("1")
        double std)
        implements Initializer {
    public TruncatedNormal {
        ParameterException.require(Double.isFinite(mean), "mean", mean, "a finite number");
        ParameterException.require(std >= 0 && Double.isFinite(std), "std", std, "a finite number, 0 or more");
    }

    @Override
    public void fill(Matrix w, int fanIn, int fanOut, Draws draws) {
        Fill.truncatedNormal(w, mean, std, draws);
    }
}
