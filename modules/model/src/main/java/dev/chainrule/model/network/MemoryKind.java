package dev.chainrule.model.network;

/** The kinds of memory that training takes, in the order in which they are listed. */
public enum MemoryKind {
    PROGRAM("the program"),
    DATA("the data"),
    BATCHES("inputs and targets of a pass"),
    PARAMETERS("parameters"),
    GRADIENTS("gradients of parameters"),
    OPTIMIZER("state of the optimizer"),
    VALUES("activations"),
    DELTAS("gradients of activations"),
    KEPT("buffers of layers, such as masks"),
    KERNELS("buffers of kernels"),
    COPY("copy for a checkpoint");

    private final String label;

    MemoryKind(String label) {
        this.label = label;
    }

    /** Return the kind in words. */
    public String label() {
        return label;
    }
}
