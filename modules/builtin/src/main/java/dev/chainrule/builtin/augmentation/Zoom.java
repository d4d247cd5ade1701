package dev.chainrule.builtin.augmentation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.Augmentation;
import dev.chainrule.api.data.AugmentationSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Numbers;

/**
 * An enlargement about the centre by a factor from + (to − from)·r, r uniform in [0, 1): the place of a pixel is
 * centre + distance/factor along each axis; see {@link Motion}.
 */
@Component("zoom")
@Doc("Enlarges or reduces images about their centre by a random factor.")
public record Zoom(
        @Doc("The least factor: above 0; below 1 it reduces.")
        double from,

        @Doc("The greatest factor: from or more; above 1 it enlarges.")
        double to,

        @Doc("The value of pixels from outside the image, in the unit of the transformed inputs.") @Default("0")
        double fill)
        implements AugmentationSpec {
    private static final double MOST = 1000;

    public Zoom {
        ParameterException.require(from >= 1 / MOST, "from", from, "0.001 or more");
        ParameterException.require(
                to >= from && to <= MOST, "to", to, "from, which is " + Numbers.format(from) + ", to 1000");
        ParameterException.require(Double.isFinite(fill), "fill", fill, "a finite number");
    }

    @Override
    public Augmentation create(Encoding encoding) {
        return new Motion("zoom", encoding, fill) {
            private final double middle = (picture().height() - 1) / 2.0;
            private final double centre = (picture().width() - 1) / 2.0;
            private double factor;

            @Override
            void draw(Draws draws) {
                factor = from + (to - from) * draws.uniform();
            }

            @Override
            void find(int y, int x) {
                u = middle + (y - middle) / factor;
                v = centre + (x - centre) / factor;
            }
        };
    }
}
