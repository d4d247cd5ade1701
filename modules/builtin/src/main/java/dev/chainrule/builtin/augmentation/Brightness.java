package dev.chainrule.builtin.augmentation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.Augmentation;
import dev.chainrule.api.data.AugmentationSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.ParameterException;

/** Another brightness: out = image + by·(2·u − 1) for all pixels and channels, u uniform in [0, 1). */
@Component("brightness")
@Doc("Makes images brighter or darker by a random amount, the same for all pixels.")
public record Brightness(
        @Doc("The largest amount, in the unit of the transformed inputs: 0 or more.")
        double by) implements AugmentationSpec {
    public Brightness {
        ParameterException.require(by >= 0 && Double.isFinite(by), "by", by, "a finite number, 0 or more");
    }

    @Override
    public Augmentation create(Encoding encoding) {
        Picture.of("brightness", encoding);
        return (x, row, out, draws) -> {
            double amount = by * (2 * draws.uniform() - 1);
            for (int j = 0; j < x.columns(); j++) {
                out.set(row, j, x.get(row, j) + amount);
            }
        };
    }
}
