package dev.chainrule.builtin.augmentation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.Augmentation;
import dev.chainrule.api.data.AugmentationSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.ParameterException;

/**
 * Another contrast: out = mean + factor·(image − mean), where the factor is 1 + by·(2·u − 1), u uniform in [0, 1), and mean is that of
 * the image's channel: a sum in float64, pixels ascending from +0, divided once.
 */
@Component("contrast")
@Doc("Moves the pixels of images away from the mean of their channel, or towards it, by a random factor.")
public record Contrast(
        @Doc("The largest change of the factor, which is from 1 - by to 1 + by: from 0 to 1.")
        double by) implements AugmentationSpec {
    public Contrast {
        ParameterException.require(by >= 0 && by <= 1, "by", by, "from 0 to 1");
    }

    @Override
    public Augmentation create(Encoding encoding) {
        Picture picture = Picture.of("contrast", encoding);
        return (x, row, out, draws) -> {
            double factor = 1 + by * (2 * draws.uniform() - 1);
            for (int channel = 0; channel < picture.channels(); channel++) {
                double sum = 0;
                for (int j = channel; j < x.columns(); j += picture.channels()) {
                    sum += x.get(row, j);
                }
                double mean = sum / (picture.height() * picture.width());
                for (int j = channel; j < x.columns(); j += picture.channels()) {
                    out.set(row, j, mean + factor * (x.get(row, j) - mean));
                }
            }
        };
    }
}
