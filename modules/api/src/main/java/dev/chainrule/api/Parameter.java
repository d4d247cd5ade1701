package dev.chainrule.api;

import dev.chainrule.math.Matrix;
import java.util.Optional;

/** One learned matrix of a network with its gradient. */
public final class Parameter {
    private final String name;
    private final Matrix value;
    private final Matrix gradient;
    private boolean trainable = true;
    private double learningRateFactor = 1;
    private Optional<Regularizer> regularizer = Optional.empty();

    /**
     * Create a trainable parameter without regularizer.
     *
     * @param name layer and name, {@code dense_1.weights}
     * @param value the learned matrix
     * @param gradient ∂C/∂value, of the same shape and precision
     */
    public Parameter(String name, Matrix value, Matrix gradient) {
        this.name = name;
        this.value = value;
        this.gradient = gradient;
    }

    /** {@return layer and name: {@code dense_1.weights}} */
    public String name() {
        return name;
    }

    /** {@return the learned matrix} Optimizers modify it. */
    public Matrix value() {
        return value;
    }

    /** {@return ∂C/∂value, C averaged over the batch} Nodes overwrite it, then the regularizer and clipping modify it. */
    public Matrix gradient() {
        return gradient;
    }

    /** {@return whether the optimizer updates this parameter: not if its learning rate factor is 0} */
    public boolean trainable() {
        return trainable && learningRateFactor != 0;
    }

    /** {@return the factor by which the optimizer multiplies the learning rate for this parameter; 1 unless it was multiplied} */
    public double learningRateFactor() {
        return learningRateFactor;
    }

    /** {@return the regularizer of this parameter} */
    public Optional<Regularizer> regularizer() {
        return regularizer;
    }

    /**
     * Set whether the optimizer updates this parameter.
     *
     * @param trainable false to leave it as it is
     * @return this parameter
     */
    public Parameter trainable(boolean trainable) {
        this.trainable = trainable;
        return this;
    }

    /**
     * Multiply the learning rate of this parameter.
     *
     * @param factor 0 or more, times the present one
     * @return this parameter
     */
    public Parameter multiplyLearningRate(double factor) {
        learningRateFactor *= factor;
        return this;
    }

    /**
     * Set the regularizer of this parameter.
     *
     * @param regularizer empty for nothing
     * @return this parameter
     */
    public Parameter regularizer(Optional<Regularizer> regularizer) {
        this.regularizer = regularizer;
        return this;
    }
}
