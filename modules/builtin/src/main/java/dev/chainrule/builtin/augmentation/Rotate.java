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
 * A rotation about the centre, counterclockwise by an angle θ = degrees·(2·r − 1), r uniform in [0, 1). With a and b, the distances of
 * a pixel from the centre row and column, its place is (centre + (b·sin θ + a·cos θ), centre + (b·cos θ − a·sin θ)); see
 * {@link Motion}.
 *
 * <p>Sine and cosine are those of {@link Draws#cosineOfTurn}, because {@link StrictMath} allocates on some JDKs.
 */
@Component("rotate")
@Doc("Rotates images about their centre by a random angle.")
public record Rotate(
        @Doc("The largest angle in degrees, clockwise or counterclockwise: from 0 to 180.")
        double degrees,

        @Doc("The value of pixels from outside the image, in the unit of the transformed inputs.") @Default("0")
        double fill)
        implements AugmentationSpec {
    private static final double TURN = 360;
    private static final double QUARTER = 0.25;

    public Rotate {
        ParameterException.require(degrees >= 0 && degrees <= TURN / 2, "degrees", degrees, "from 0 to 180");
        ParameterException.require(Double.isFinite(fill), "fill", fill, "a finite number");
    }

    @Override
    public Augmentation create(Encoding encoding) {
        return new Motion("rotate", encoding, fill) {
            private final double middle = (picture().height() - 1) / 2.0;
            private final double centre = (picture().width() - 1) / 2.0;
            private double cosine;
            private double sine;

            @Override
            void draw(Draws draws) {
                double turn = degrees * (2 * draws.uniform() - 1) / TURN;
                cosine = Draws.cosineOfTurn(turn - Math.floor(turn));
                double quarterLess = turn - QUARTER;
                sine = Draws.cosineOfTurn(quarterLess - Math.floor(quarterLess));
            }

            @Override
            void find(int y, int x) {
                double a = y - middle;
                double b = x - centre;
                u = middle + (b * sine + a * cosine);
                v = centre + (b * cosine - a * sine);
            }
        };
    }
}
