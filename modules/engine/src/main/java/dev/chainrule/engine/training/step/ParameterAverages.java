package dev.chainrule.engine.training.step;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.training.State;
import dev.chainrule.engine.experiment.Averaging;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.record.Checkpoint;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.network.Network;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The running averages of the trainable parameters, if the config wants them: after update t = 1, 2, … the average of w is
 * a ← (1 − c)·a + c·w with c = (1 − decay)/(1 − decayᵗ), so a = Σᵢ decay^(t−i)·wᵢ / Σᵢ decay^(t−i) over the parameters wᵢ after each
 * update, without those that the run began with.
 *
 * <p>Source: the correction of the bias is that of D. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, section
 * 3; averages of parameters go back to B. Polyak, A. Juditsky, "Acceleration of Stochastic Approximation by Averaging", 1992.
 */
public final class ParameterAverages {
    private final Optional<Double> decay;
    private final Network network;
    private final Kernels kernels;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Matrix> averages = new ArrayList<>();
    /** The tensors of the model: averages of trainable parameters, all others as they are. */
    private final SortedMap<String, Matrix> model;

    /** Create averages that equal the parameters. */
    @Inject
    public ParameterAverages(Experiment experiment, Network network) {
        this.decay = experiment.training().average().map(Averaging::decay);
        this.network = network;
        this.kernels = network.kernels();
        this.model = new TreeMap<>(network.tensors());
        if (decay.isPresent()) {
            for (Parameter parameter : network.parameters()) {
                if (parameter.trainable()) {
                    parameters.add(parameter);
                    averages.add(parameter.value().copy());
                    model.put(parameter.name(), averages.get(averages.size() - 1));
                }
            }
        }
    }

    /** Return whether there are averages. */
    public boolean areKept() {
        return decay.isPresent();
    }

    /** Return the tensors of the model by their names in the network: with the averages, if there are some. */
    public SortedMap<String, Matrix> model() {
        return areKept() ? model : network.tensors();
    }

    /**
     * Return tensors by their names in the chain of hashes.
     *
     * @param named tensors of a model by their names in the network
     */
    public SortedMap<String, Matrix> chained(SortedMap<String, Matrix> named) {
        SortedMap<String, Matrix> chained = new TreeMap<>(named);
        for (Parameter parameter : parameters) {
            if (chained.containsKey(parameter.name())) {
                chained.put(Checkpoint.AVERAGED + parameter.name(), chained.remove(parameter.name()));
            }
        }
        return chained;
    }

    /** Return the tensors that the chain of hashes covers: those of the network, and the averages. */
    public SortedMap<String, Matrix> hashed() {
        SortedMap<String, Matrix> hashed = new TreeMap<>(network.tensors());
        hashed.putAll(chained(model));
        return hashed;
    }

    /**
     * Let the averages follow an update.
     *
     * @param updates so far, with this one
     */
    void update(long updates) {
        if (decay.isEmpty()) {
            return;
        }
        double share = (1 - decay.get()) / (1 - StrictMath.pow(decay.get(), updates));
        for (int i = 0; i < averages.size(); i++) { // without an iterator: a step allocates nothing
            kernels.scale(1 - share, averages.get(i));
            kernels.addScaled(share, parameters.get(i).value(), averages.get(i));
        }
    }

    /** Exchange parameters and averages; a second call exchanges them back. */
    public void exchange() {
        for (int i = 0; i < averages.size(); i++) {
            Matrix parameter = parameters.get(i).value().copy();
            parameters.get(i).value().copyFrom(averages.get(i));
            averages.get(i).copyFrom(parameter);
        }
    }

    /** Copy the averages into the network, whose parameters are no longer needed. */
    public void settle() {
        for (int i = 0; i < averages.size(); i++) {
            parameters.get(i).value().copyFrom(averages.get(i));
        }
    }

    /** Return the averages by the names of the parameters. */
    public State state() {
        State state = new State();
        for (int i = 0; i < averages.size(); i++) {
            state.put(parameters.get(i).name(), averages.get(i));
        }
        return state;
    }

    /** Restore the averages; those that were not saved, because the run had none before, begin with the parameters. */
    public void restore(State from) {
        for (int i = 0; i < averages.size(); i++) {
            Parameter parameter = parameters.get(i);
            averages.get(i).copyFrom(from.matrices().getOrDefault(parameter.name(), parameter.value()));
        }
    }
}
