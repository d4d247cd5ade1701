package dev.chainrule.api.training;

/**
 * The updater of a run's parameters, from their gradients. The matrices that it saves have the same names and shapes from its
 * creation on, such as {@code dense_1.weights.velocity}.
 */
public interface Optimizer extends Stateful {
    /**
     * Update every parameter.
     *
     * @param step the number of this update, from 0
     * @param learningRate η of this update
     */
    void update(long step, double learningRate);

    /**
     * Update every parameter, given the cost as a function: what the engine calls. Only optimizers whose declaration says that it
     * {@link dev.chainrule.api.OptimizerSpec#usesCost} override this.
     *
     * @param step the number of this update, from 0
     * @param learningRate η of this update
     * @param cost of the batch, whose gradients are computed
     */
    default void update(long step, double learningRate, Cost cost) {
        update(step, learningRate);
    }
}
