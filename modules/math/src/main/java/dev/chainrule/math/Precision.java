package dev.chainrule.math;

/** Name the number format that a network computes in. */
public enum Precision {
    /** IEEE 754 binary32: the default for training. */
    FLOAT32("float32", Float.BYTES),
    /** IEEE 754 binary64: for gradient checks and exact comparisons. */
    FLOAT64("float64", Double.BYTES);

    private final String label;
    private final int bytes;

    Precision(String label, int bytes) {
        this.label = label;
        this.bytes = bytes;
    }

    /** {@return the size of one element in bytes} */
    public int bytes() {
        return bytes;
    }

    /** Return the name as YAML writes it: {@code float32} or {@code float64}. */
    @Override
    public String toString() {
        return label;
    }
}
