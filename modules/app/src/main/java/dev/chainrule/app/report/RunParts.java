package dev.chainrule.app.report;

import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.evaluation.Evaluator;
import dev.chainrule.model.network.Network;
import java.util.function.Function;

/**
 * The parts of a run that its record only describes: its config, network, model and data. Each is made lazily, and any
 * may be unavailable: then the methods throw a {@link dev.chainrule.config.ConfigException}, an
 * {@link dev.chainrule.api.error.InputException} or a {@link dev.chainrule.api.error.RunException}.
 */
interface RunParts {
    /** Return the config with the origins of its values. */
    LoadedConfig composed();

    /** Return the config with the values that the run had. */
    LoadedConfig resolved();

    /** Return the network of a run without a model. */
    Network network();

    /** Return the model. */
    Model model();

    /**
     * A network with learned parameters.
     *
     * @param data return the data train, validation or test
     */
    record Model(Network network, Pipeline pipeline, Evaluator evaluator, Function<String, Dataset> data) {}
}
