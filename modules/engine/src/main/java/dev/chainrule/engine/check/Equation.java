package dev.chainrule.engine.check;

/** The equations that are checked separately. */
enum Equation {
    /** ∂C/∂a of the loss alone. */
    LOSS("loss"),
    /** The fused loss with the output activation, against the two computed separately. */
    FUSED("fused"),
    /** R of one parameter alone. */
    REGULARIZER("regularizer"),
    /** ∂C/∂z of the output layer. */
    BP1("BP1"),
    /** ∂C/∂z of a hidden layer. */
    BP2("BP2"),
    /** ∂C/∂b. */
    BP3("BP3"),
    /** ∂C/∂w. */
    BP4("BP4"),
    /** ∂C/∂x of a layer without z. */
    INPUTS("inputs"),
    /** ∂C/∂ of a value that several stages read. */
    SUM("sum"),
    /** ∂C/∂ of a parameter other than weights or biases of a layer with z. */
    PARAMETERS("parameters");

    private final String label;

    Equation(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Return whether everything before it in the network is computed from this. */
    boolean flowsOn() {
        return this == LOSS || this == BP1 || this == BP2 || this == INPUTS || this == SUM;
    }
}
