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
 * {@link #begin}, {@link #parameter}, {@link #first}, and {@link #second} for two states.
 */
public abstract class ElementwiseOptimizer implements Optimizer, UpdateRule {
    private final Parameter[] parameters;
    private final Kernels kernels;
    private final SortedMap<String, Matrix> states = new TreeMap<>();
    private final Matrix[] firsts;
    private final Matrix[] seconds;

    /**
     * Create an optimizer that keeps one state of each element.
     *
     * @param parameters to update
     * @param kernels the arithmetic, of the precision of the parameters
     * @param first the name of the state, such as {@code velocity}, in checkpoints {@code dense_1.weights.velocity}
     */
    protected ElementwiseOptimizer(List<Parameter> parameters, Kernels kernels, String first) {
        this.parameters = parameters.toArray(Parameter[]::new);
        this.kernels = kernels;
        this.firsts = states(first);
        this.seconds = new Matrix[0];
    }

    /**
     * Create an optimizer that keeps two states of each element.
     *
     * @param parameters to update
     * @param kernels the arithmetic, of the precision of the parameters
     * @param first the name of the first state
     * @param second the name of the second state
     */
    protected ElementwiseOptimizer(List<Parameter> parameters, Kernels kernels, String first, String second) {
        this.parameters = parameters.toArray(Parameter[]::new);
        this.kernels = kernels;
        this.firsts = states(first);
        this.seconds = states(second);
    }

    private Matrix[] states(String name) {
        Matrix[] created = new Matrix[parameters.length];
        for (int i = 0; i < created.length; i++) {
            Matrix value = parameters[i].value();
            created[i] = kernels.matrix(value.rows(), value.columns());
            states.put(parameters[i].name() + "." + name, created[i]);
        }
        return created;
    }

    /**
     * Compute the numbers of an update that are the same for all elements, such as a factor made of the learning rate.
     *
     * @param step the number of this update, from 0
     * @param learningRate η of this update
     */
    protected abstract void begin(long step, double learningRate);

    @Override
    public final void update(long step, double learningRate) {
        begin(step, learningRate);
        for (int i = 0; i < parameters.length; i++) {
            Parameter parameter = parameters[i];
            if (seconds.length == 0) {
                kernels.update(this, parameter.value(), parameter.gradient(), firsts[i]);
            } else {
                kernels.update(this, parameter.value(), parameter.gradient(), firsts[i], seconds[i]);
            }
        }
    }

    @Override
    public final void save(State to) {
        states.forEach(to::put);
    }

    @Override
    public final void restore(State from) {
        states.forEach((name, state) -> state.copyFrom(from.matrix(name)));
    }
}
