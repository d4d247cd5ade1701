package dev.chainrule.model.composite;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Value;
import java.util.List;

/** The same layers several times, one after the other; each time has parameters of its own. */
@Component("repeat")
@Doc("Builds its layers several times, one after the other, each time with separate parameters.")
public record Repeat(
        @Doc("The number of rounds: 1 or more.") int times,

        @Doc(
                "The layers of each round, first to last. In the second round of repeat_1 they are named repeat_1.2.dense_1 and so on.")
        List<NamedLayer> layers)
        implements LayerSpec {
    public Repeat {
        ParameterException.require(times >= 1, "times", times, "1 or more");
        ParameterException.require(!layers.isEmpty(), "layers", "empty", "at least one layer");
    }

    @Override
    public Value build(LayerContext context) {
        Value output = context.chain();
        for (int time = 1; time <= times; time++) {
            output = context.build(String.valueOf(time), layers, output);
        }
        return output;
    }
}
