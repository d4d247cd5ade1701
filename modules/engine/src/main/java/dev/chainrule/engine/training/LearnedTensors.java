package dev.chainrule.engine.training;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.api.training.State;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.model.ModelFile;
import dev.chainrule.engine.record.Checkpoint;
import dev.chainrule.engine.record.ResumePoint;
import dev.chainrule.engine.training.step.ParameterAverages;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.network.Network;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.SortedMap;

/** The tensors that training changes: parameters and buffers of the network, fitted transforms, the optimizer's state. */
final class LearnedTensors {
    private final Network network;
    private final Pipeline pipeline;
    private final Datasets datasets;
    private final Optimizer optimizer;
    private final ParameterAverages averages;

    @Inject
    LearnedTensors(
            Network network, Pipeline pipeline, Datasets datasets, Optimizer optimizer, ParameterAverages averages) {
        this.network = network;
        this.pipeline = pipeline;
        this.datasets = datasets;
        this.optimizer = optimizer;
        this.averages = averages;
    }

    /** Return parameters and buffers, by name. */
    SortedMap<String, Matrix> ofNetwork() {
        return network.tensors();
    }

    /** Return the tensors of the network and of fitted transforms, by name. */
    SortedMap<String, Matrix> ofRun() {
        return ModelFile.tensors(network, pipeline);
    }

    /** Return the encoding of examples, before transforms. */
    Encoding encoding() {
        return datasets.train().encoding();
    }

    /** Return the optimizer's state. */
    State ofOptimizer() {
        return State.of(optimizer);
    }

    /** Return the averages of parameters; none if they are not kept. */
    State ofAverages() {
        return averages.state();
    }

    /** Return whether the model has averages instead of the network's parameters. */
    boolean areAveraged() {
        return averages.areKept();
    }

    /** Copy the averages, if there are some, into the network. */
    void settleAverages() {
        averages.settle();
    }

    /** Return the tensors of the network, which contains the model, by their names in the chain of hashes. */
    SortedMap<String, Matrix> asChained() {
        return averages.chained(ofNetwork());
    }

    void restore(ResumePoint from) {
        SortedMap<String, Matrix> model = from.checkpoint().tensors();
        State saved = from.checkpoint().section(Checkpoint.OPTIMIZER);
        ModelFile.requireSame(ofRun(), model, "the network", from.file());
        ModelFile.requireSame(ofOptimizer().matrices(), saved.matrices(), "the optimizer", from.file());
        ModelFile.restore(model, network, pipeline);
        optimizer.restore(saved);
        averages.restore(from.checkpoint().section(Checkpoint.AVERAGES));
    }

    /** Write the model, whole or not at all. */
    void writeModel(Path file) {
        ModelFile.of(network, pipeline, encoding()).write(file);
    }
}
