package dev.chainrule.engine.experiment;

import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.AugmentationSpec;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import java.util.List;
import java.util.Optional;

/** The examples of a run, as declared. */
@Doc("The examples and their preparation.")
public record Data(
        @Doc("The training examples.") DataSourceSpec train,

        @Doc("Examples to evaluate once, at the end: a source, or a part split off from train.")
        Optional<HeldOut> test,

        @Doc("Examples to evaluate after each epoch: a source, or a part split off from train.")
        Optional<HeldOut> validation,

        @Doc("Transforms of each batch, in this order.") @Default("[]")
        List<TransformSpec> transforms,

        @Doc("Random changes of the training examples, in this order, after the transforms; evaluation and predictions "
                + "see unchanged examples.")
        @Default("[]")
        List<AugmentationSpec> augmentation,

        @Doc("Transforms of numeric targets, in this order; predictions and metrics undo them, the loss does not.")
        @Default("[]")
        List<TransformSpec> targetTransforms,

        @Doc("Whether the target is the transformed input, as for an autoencoder; sources then need no target, and "
                + "any that they have is ignored.")
        @Default("false")
        boolean reconstruct,

        @Doc("Examples per update: a number, or all.") @Default("32")
        BatchSize batchSize,

        @Doc("Whether each epoch sees the examples in a new order, a function of seed and epoch.") @Default("true")
        boolean shuffle) {

    public Data {
        ParameterException.require(batchSize.examples() >= 1, "batchSize", batchSize, "1 or more, or all");
    }

    /**
     * Return the number of examples of an epoch: those of a dataset, times the copies that augmentations make.
     *
     * @throws InputException at {@code data.augmentation} if they are too many to be numbered
     */
    public int examplesPerEpoch(int examples) {
        long total = examples;
        for (AugmentationSpec each : augmentation) {
            total *= each.copies();
            if (total > Integer.MAX_VALUE) {
                throw new InputException(
                                "an epoch would have more than " + Integer.MAX_VALUE + " examples, copies included",
                                "Remove augmentations that add copies, or training examples.")
                        .atConfig("data.augmentation");
            }
        }
        return (int) total;
    }
}
