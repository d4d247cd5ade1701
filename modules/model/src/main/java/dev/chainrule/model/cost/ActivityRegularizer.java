package dev.chainrule.model.cost;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Value;

/**
 * A layer that passes its input a on and adds l1·Σⱼ|aⱼ| + l2·½·Σⱼaⱼ² to the cost of each example. l1 makes activations sparse; l2 keeps
 * them small. As the regularizers of weights do, l2 has the factor ½, unlike that of Keras.
 */
@Component("activity_regularizer")
@Doc(
        "Passes its input on, and adds a cost for large values to that of each example: l1·Σ|a| + l2·½·Σa². Nothing at inference.")
public record ActivityRegularizer(
        @Doc("The factor of the sum of magnitudes: 0 or more.") @Default("0")
        double l1,

        @Doc("The factor of half the sum of squares: 0 or more.") @Default("0")
        double l2)
        implements LayerSpec {
    public ActivityRegularizer {
        requireFactor("l1", l1);
        requireFactor("l2", l2);
    }

    private static void requireFactor(String key, double factor) {
        ParameterException.require(factor >= 0 && Double.isFinite(factor), key, factor, "a finite number, 0 or more");
    }

    @Override
    public Value build(LayerContext context) {
        return context.chain(new ActivityNode(l1, l2, context.input(), context.kernels()));
    }
}
