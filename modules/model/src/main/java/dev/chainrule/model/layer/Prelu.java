package dev.chainrule.model.layer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import dev.chainrule.model.initializer.Constant;
import java.util.List;

/**
 * The parametric rectifier: out = max(0, x) + slope·min(0, x) with a learned slope for each feature, or for each channel of an image.
 * It is a layer, since an activation has no parameters.
 *
 * <p>Source: K. He, X. Zhang, S. Ren, J. Sun, "Delving Deep into Rectifiers", ICCV 2015, section 2.1, whose initial slope of 0.25 is
 * the default. As there, no regularizer acts on the slopes.
 */
@Component("prelu")
@Doc(
        "A rectifier that learns its slope below 0, one for each feature, or for each channel of an image: a = z if z > 0, else "
                + "slope·z. It is a layer: put it after one without activation.")
public record Prelu(
        @Doc("The initial slope: a finite number.") @Default("0.25")
        double slope) implements LayerSpec {
    public Prelu {
        ParameterException.require(Double.isFinite(slope), "slope", slope, "a finite number");
    }

    @Override
    public Value build(LayerContext context) {
        List<Integer> sides = context.input().dimensions();
        int channels = sides.get(sides.size() - 1);
        PreluNode node = new PreluNode(
                context.parameter("slopes", 1, channels, new Constant(slope), 1, 1),
                Shape.of(channels),
                context.kernels());
        return context.chain(PerStepNode.ofPlaces(node, context.input(), context.kernels()));
    }
}
