package dev.chainrule.builtin.augmentation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.Augmentation;
import dev.chainrule.api.data.AugmentationSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.ParameterException;

/** Noise: out = x + std·ξ, ξ ~ N(0, 1), one {@link dev.chainrule.math.Draws#noise} for each number of an example, first to last. */
@Component("noise")
@Doc("Adds normally distributed noise to every number of an example.")
public record Noise(
        @Doc("The standard deviation of the noise, in the unit of the transformed inputs: 0 or more.")
        double std) implements AugmentationSpec {
    public Noise {
        ParameterException.require(std >= 0 && Double.isFinite(std), "std", std, "a finite number, 0 or more");
    }

    @Override
    public Augmentation create(Encoding encoding) {
        return (x, row, out, draws) -> {
            for (int j = 0; j < x.columns(); j++) {
                out.set(row, j, x.get(row, j) + std * draws.noise());
            }
        };
    }
}
