package dev.chainrule.api.training;

/**
 * The cost C of the present batch as a function of the parameters, regularizers included, for an optimizer that compares several points
 * per update: it changes the parameters, then calls {@link #compute}.
 */
public interface Cost {
    /**
     * {@return C at the parameters of the last call of {@link #compute}; before the first call, at the parameters with which the step
     * began} Not finite if it overflows.
     */
    double value();

    /** Compute C and its gradients for the present parameters; {@link dev.chainrule.api.Parameter#gradient} is overwritten. */
    void compute();
}
