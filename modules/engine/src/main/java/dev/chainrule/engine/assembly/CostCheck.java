package dev.chainrule.engine.assembly;

import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.error.InputException;
import dev.chainrule.engine.experiment.ConfigErrors;
import dev.chainrule.engine.experiment.Data;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.Training;
import dev.chainrule.model.network.Layer;
import dev.chainrule.model.network.Network;
import java.util.List;

/** The check that an optimizer which computes the cost at several points of a step, and compares steps, sees one function. */
final class CostCheck {
    private final Experiment experiment;
    private final String optimizer;

    CostCheck(Experiment experiment) {
        this.experiment = experiment;
        this.optimizer = Network.kind(experiment.optimizer());
    }

    /**
     * Add the mistakes.
     *
     * @param examples the number of training examples in an epoch
     */
    void check(Network network, int examples, ConfigErrors errors) {
        if (!experiment.optimizer().usesCost()) {
            return;
        }
        checkData(examples, errors);
        checkClipping(errors);
        for (Layer layer : network.layers()) {
            checkLayer(network, layer, errors);
        }
        List<HookSpec> hooks = experiment.hooks();
        for (int i = 0; i < hooks.size(); i++) {
            if (hooks.get(i).readsLayers()) {
                add(
                        Network.kind(hooks.get(i)) + " reads the activations of a step, which " + optimizer
                                + " overwrites by its search",
                        "Remove the hook, or use another optimizer.",
                        "hooks[" + i + "]",
                        errors);
            }
        }
    }

    private void checkData(int examples, ConfigErrors errors) {
        Data data = experiment.data();
        if (data.batchSize().examples() < examples) {
            add(
                    optimizer + " needs all examples in one batch, but batch_size is " + data.batchSize() + " of "
                            + examples,
                    "Write batch_size: all. If a step takes too much memory, add training: { rows_at_once: "
                            + data.batchSize() + " }.",
                    "data.batch_size",
                    errors);
        }
        if (!data.augmentation().isEmpty()) {
            add(
                    Network.kind(data.augmentation().get(0)) + " changes the examples from step to step, but "
                            + optimizer + " compares the gradients of successive steps",
                    "Remove the augmentation, or use another optimizer.",
                    "data.augmentation[0]",
                    errors);
        }
    }

    private void checkClipping(ConfigErrors errors) {
        Training training = experiment.training();
        if (training.clipNorm().isPresent() || training.clipValue().isPresent()) {
            String key = training.clipNorm().isPresent() ? "clip_norm" : "clip_value";
            add(
                    key + " changes the gradients that " + optimizer + " compares with the cost",
                    "Remove " + key + ": the search limits the length of a step.",
                    "training." + key,
                    errors);
        }
    }

    private void checkLayer(Network network, Layer layer, ConfigErrors errors) {
        boolean mixes = !layer.buffers().isEmpty();
        boolean draws = false;
        for (String stream : network.streams()) {
            boolean own = stream.startsWith(layer.name() + ".")
                    && stream.lastIndexOf('.') == layer.name().length();
            draws |= own && !network.tensors().containsKey(stream); // first values of parameters are drawn once
        }
        if (mixes || draws) {
            add(
                    optimizer + " needs a cost that depends on the parameters alone, but " + layer.name()
                            + (mixes ? " keeps statistics of batches" : " draws random numbers"),
                    "Remove the layer, or use another optimizer.",
                    layer.place(),
                    errors);
        }
        for (Parameter parameter : layer.parameters()) {
            if (parameter.trainable() && parameter.learningRateFactor() != 1) {
                add(
                        "learning_rate_factor has no meaning for " + optimizer
                                + ", which finds the length of a step itself",
                        "Remove it, or write 0, which fixes the layer.",
                        layer.place(),
                        errors);
                return;
            }
        }
    }

    private static void add(String problem, String remedy, String path, ConfigErrors errors) {
        errors.add(new InputException(problem, remedy).atConfig(path));
    }
}
