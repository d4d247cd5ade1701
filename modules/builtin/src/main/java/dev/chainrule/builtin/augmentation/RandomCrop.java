package dev.chainrule.builtin.augmentation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.Augmentation;
import dev.chainrule.api.data.AugmentationSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.Draws;

/**
 * A random part of the image, enlarged to its size. The part's share of height and width is s = share + (1 − share)·r; its first row is
 * t = (1 − s)·(height − 1)·r′ and its first column likewise with r″, all r uniform in [0, 1) and drawn in this order. The place of a pixel
 * is (t + s·y, …), so that the corners of the part become those of the image; see {@link Motion}.
 *
 * <p>Source: C. Szegedy et al., "Going Deeper with Convolutions", CVPR 2015, section 6, without its change of the aspect ratio.
 */
@Component("crop")
@Doc("Replaces images by a random part of them, enlarged to their size.")
public record RandomCrop(
        @Doc("The least share of height and width that remains: above 0, up to 1.") @Default("0.8")
        double share) implements AugmentationSpec {
    public RandomCrop {
        ParameterException.require(share > 0 && share <= 1, "share", share, "above 0, up to 1");
    }

    @Override
    public Augmentation create(Encoding encoding) {
        return new Motion("crop", encoding, 0) {
            private double kept;
            private double top;
            private double left;

            @Override
            void draw(Draws draws) {
                kept = share + (1 - share) * draws.uniform();
                top = (1 - kept) * (picture().height() - 1) * draws.uniform();
                left = (1 - kept) * (picture().width() - 1) * draws.uniform();
            }

            /** The last place is at most the last pixel; rounding must not put it beyond. */
            @Override
            void find(int y, int x) {
                u = Math.min(top + kept * y, picture().height() - 1);
                v = Math.min(left + kept * x, picture().width() - 1);
            }
        };
    }
}
