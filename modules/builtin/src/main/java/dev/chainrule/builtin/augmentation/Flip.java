package dev.chainrule.builtin.augmentation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.Augmentation;
import dev.chainrule.api.data.AugmentationSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.Draws;

/** A mirror image with a probability: out[y, x] = image[y, width − 1 − x], or image[height − 1 − y, x]; see {@link Motion}. */
@Component("flip")
@Doc("Mirrors images with a probability. Not for pictures that then mean something else, such as digits.")
public record Flip(
        @Doc("horizontal swaps left and right, vertical top and bottom.") @Default("horizontal")
        Direction direction,

        @Doc("The share of images that are mirrored: from 0 to 1.") @Default("0.5")
        double probability)
        implements AugmentationSpec {
    /** The direction in which pixels move. */
    public enum Direction {
        HORIZONTAL,
        VERTICAL
    }

    public Flip {
        ParameterException.require(probability >= 0 && probability <= 1, "probability", probability, "from 0 to 1");
    }

    @Override
    public Augmentation create(Encoding encoding) {
        return new Motion("flip", encoding, 0) {
            private boolean flipped;

            @Override
            void draw(Draws draws) {
                flipped = draws.uniform() < probability;
            }

            @Override
            void find(int y, int x) {
                u = flipped && direction == Direction.VERTICAL ? picture().height() - 1 - y : y;
                v = flipped && direction == Direction.HORIZONTAL ? picture().width() - 1 - x : x;
            }
        };
    }
}
