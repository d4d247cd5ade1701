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
}
