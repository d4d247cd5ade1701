package dev.chainrule.builtin.augmentation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.Augmentation;
import dev.chainrule.api.data.AugmentationSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.OneOrMore;

/**
 * A hole in the image: out[y, x] = fill for c − ⌊size/2⌋ ≤ y &lt; c − ⌊size/2⌋ + size, and likewise for x, where the row c and then the
 * column of the centre are drawn from all pixels. So a part of the hole may lie outside.
 *
 * <p>Source: T. DeVries, G. Taylor, "Improved Regularization of Convolutional Neural Networks with Cutout", arXiv 1708.04552, 2017,
 * section 3.2.
 */
@Component("cutout")
@Doc("Fills a rectangle around a random pixel, so that a network does not rely on one part of an image alone.")
public record Cutout(
        @Doc("The size of the rectangle in pixels: a number, or [height, width].")
        OneOrMore<Integer> size,

        @Doc("The value of its pixels, in the unit of the transformed inputs.") @Default("0")
        double fill)
        implements AugmentationSpec {
    public Cutout {
        Picture.require("size", size, 1);
        ParameterException.require(Double.isFinite(fill), "fill", fill, "a finite number");
    }

    @Override
    public Augmentation create(Encoding encoding) {
        Picture picture = Picture.of("cutout", encoding);
        int height = Picture.vertical(size);
        int width = Picture.horizontal(size);
        return (x, row, out, draws) -> {
            int top = draws.below(picture.height()) - height / 2;
            int left = draws.below(picture.width()) - width / 2;
            out.copyRows(x, row, row, 1);
            for (int i = Math.max(top, 0); i < Math.min(top + height, picture.height()); i++) {
                int end = picture.column(i, Math.min(left + width, picture.width()));
                for (int j = picture.column(i, Math.max(left, 0)); j < end; j++) {
                    out.set(row, j, fill);
                }
            }
        };
    }
}
