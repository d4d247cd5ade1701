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
import java.util.List;

/**
 * Shifted copies: an epoch has each image five times, unchanged and shifted by whole pixels down, up, right and left. So there are
 * five times as many training examples, also for the factor 1/n of regularizers. Nothing is drawn. See {@link Motion}.
 *
 * <p>Source: M. Nielsen, "Neural Networks and Deep Learning", chapter 6, whose expand_mnist.py makes a file of such images of MNIST.
 */
@Component("expand")
@Doc("Adds four copies of each image to every epoch, shifted down, up, right and left.")
public record Expand(
        @Doc("The shift in pixels: 1 or more.") @Default("1")
        int by,

        @Doc("The value of pixels from outside the image, in the unit of the transformed inputs.") @Default("0")
        double fill)
        implements AugmentationSpec {
    private static final int[] DOWN = {0, 1, -1, 0, 0};
    private static final int[] RIGHT = {0, 0, 0, 1, -1};

    public Expand {
        ParameterException.require(by >= 1, "by", by, "1 or more");
        ParameterException.require(Double.isFinite(fill), "fill", fill, "a finite number");
    }

    @Override
    public int copies() {
        return DOWN.length;
    }

    @Override
    public Augmentation create(Encoding encoding) {
        return create(encoding, 0);
    }

    @Override
    public Augmentation create(Encoding encoding, int copy) {
        Picture.requireLarger("expand", "by", new OneOrMore<>(List.of(by)), encoding);
        return new Motion("expand", encoding, fill) {
            @Override
            void draw(Draws draws) {
                // the copy says it all
            }

            @Override
            void find(int y, int x) {
                u = y - DOWN[copy] * (double) by;
                v = x - RIGHT[copy] * (double) by;
            }
        };
    }
}
