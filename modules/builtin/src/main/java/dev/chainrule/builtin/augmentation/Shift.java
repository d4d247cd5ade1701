package dev.chainrule.builtin.augmentation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.Augmentation;
import dev.chainrule.api.data.AugmentationSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.math.Draws;

/**
 * A shift by whole pixels: out[y, x] = image[y − d, x − e], where d and then e are drawn from −by … by, all equally likely; see
 * {@link Motion}.
 */
@Component("shift")
@Doc("Shifts images by a random number of whole pixels, down or up and to the right or left.")
public record Shift(
        @Doc("The largest shift in pixels: a number, or [height, width].")
        OneOrMore<Integer> by,

        @Doc("The value of pixels from outside the image, in the unit of the transformed inputs.") @Default("0")
        double fill)
        implements AugmentationSpec {
    public Shift {
        Picture.require("by", by, 0);
        ParameterException.require(Double.isFinite(fill), "fill", fill, "a finite number");
    }

    @Override
    public Augmentation create(Encoding encoding) {
        Picture.requireLarger("shift", "by", by, encoding);
        return new Motion("shift", encoding, fill) {
            private int down;
            private int right;

            @Override
            void draw(Draws draws) {
                down = draws.below(2 * Picture.vertical(by) + 1) - Picture.vertical(by);
                right = draws.below(2 * Picture.horizontal(by) + 1) - Picture.horizontal(by);
            }

            @Override
            void find(int y, int x) {
                u = y - down;
                v = x - right;
            }
        };
    }
}
