package dev.chainrule.math;

/** The number format of a network's computations. */
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

    /**
     * {@return the next greater or smaller number of this precision}
     *
     * @param value of this precision
     * @param up true for the greater one
     */
    public double neighbour(double value, boolean up) {
        if (this == FLOAT32) {
            return up ? Math.nextUp((float) value) : Math.nextDown((float) value);
        }
        return up ? Math.nextUp(value) : Math.nextDown(value);
    }

    /** Return the name in YAML: {@code float32} or {@code float64}. */
    @Override
    public String toString() {
        return label;
    }
}
