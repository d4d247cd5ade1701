package dev.chainrule.engine.experiment;

import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Loss;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.OneOrMore;
import java.util.List;
import java.util.Optional;

/** One of the outputs of a network: its own layers, what it learns, and how that is measured. */
@Doc("An output of the network.")
public record Output(
        @Doc(
                "The column of the data that it learns, or several columns of numbers; by default, the target of the source.")
        Optional<OneOrMore<String>> target,

        @Doc("Whether its target is the transformed input.") @Default("false")
        boolean reconstruct,

        @Doc("Transforms of a numeric target, in this order; predictions and metrics undo them, the loss does not.")
        @Default("[]")
        List<TransformSpec> targetTransforms,

        @Doc("Its own layers; the first reads the last layer of the model, unless it has from.") @Default("[]")
        List<NamedLayer> layers,

        @Doc("The function that training minimises for this output.")
        Loss loss,

        @Doc("The factor of its cost in the sum over all outputs.") @Default("1")
        double weight,

        @Doc("Its metrics. By default, those of a network with one output.")
        Optional<List<NamedMetric>> metrics) {
    public Output {
        ParameterException.require(
                weight >= 0 && weight < Double.POSITIVE_INFINITY, "weight", weight, "0 or more, and finite");
        ParameterException.require(
                !(reconstruct && target.isPresent()), "reconstruct", true, "false if there is a target");
        layers = List.copyOf(layers);
    }
}
