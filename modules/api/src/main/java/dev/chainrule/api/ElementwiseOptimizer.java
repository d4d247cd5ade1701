package dev.chainrule.api;

import dev.chainrule.api.training.Optimizer;
import dev.chainrule.api.training.State;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.UpdateRule;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An optimizer that updates each element of a parameter alone, with one or two states of each that start at 0: implement
 * {@link #begin}, {@link #parameter}, {@link #first}, and {@link #second} for two states. One with more states, or with numbers
 * that a whole parameter shares, overrides {@link #update(Parameter, Matrix[], Kernels)}.
 */
public abstract class ElementwiseOptimizer implements Optimizer, UpdateRule {
    private final Parameter[] parameters;
    private final Kernels kernels;
    private final SortedMap<String, Matrix> byName = new TreeMap<>();
    /** The states of each parameter, in the order of their names. */
    private final Matrix[][] states;

    /**
     * Create an optimizer that keeps states of each element.
     *
     * @param parameters to update
     * @param kernels the arithmetic, of the precision of the parameters
     * @param states the names of the states, such as {@code velocity}, in checkpoints {@code dense_1.weights.velocity}
     */
    protected ElementwiseOptimizer(List<Parameter> parameters, Kernels kernels, String... states) {
        this.parameters = parameters.toArray(Parameter[]::new);
        this.kernels = kernels;
        this.states = new Matrix[this.parameters.length][states.length];
        for (int i = 0; i < this.parameters.length; i++) {
            Matrix value = this.parameters[i].value();
            for (int j = 0; j < states.length; j++) {
                this.states[i][j] = kernels.matrix(value.rows(), value.columns());
                byName.put(this.parameters[i].name() + "." + states[j], this.states[i][j]);
            }
        }
    }

    /**
     * Compute the numbers of an update that are the same for all elements, such as a factor made of the learning rate.
     *
     * @param step the number of this update, from 0
     * @param learningRate η of this update
     */
    protected abstract void begin(long step, double learningRate);

    /**
     * Update a parameter and its states: by default, each element by this rule, with the first two states.
     *
     * @param parameter its value is modified, its gradient is not
     * @param states the states of the parameter, in the order of their names. Modified.
     * @param kernels the arithmetic, of the precision of the parameter
     */
    protected void update(Parameter parameter, Matrix[] states, Kernels kernels) {
        if (states.length == 1) {
            kernels.update(this, parameter.value(), parameter.gradient(), states[0]);
        } else {
            kernels.update(this, parameter.value(), parameter.gradient(), states[0], states[1]);
        }
    }

    @Override
    public final void update(long step, double learningRate) {
        begin(step, learningRate);
        for (int i = 0; i < parameters.length; i++) {
            update(parameters[i], states[i], kernels);
        }
    }

    @Override
    public final void save(State to) {
        byName.forEach(to::put);
    }

    @Override
    public final void restore(State from) {
        byName.forEach((name, state) -> state.copyFrom(from.matrix(name)));
    }
}
