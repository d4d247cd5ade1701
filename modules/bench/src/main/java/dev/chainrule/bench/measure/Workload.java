package dev.chainrule.bench.measure;

import java.nio.file.Path;

/** The two measured trainings, declared in configs/bench/. */
public enum Workload {
    /** 784-30-10, sigmoid, quadratic cost, batches of 10, gradient descent: thousands of tiny steps. */
    W1("w1", 0.2, 10, 784, 30, 10),
    /** 784-512-512-10, relu, softmax and cross-entropy, batches of 128, Adam: large products. */
    W2("w2", 0.6, 128, 784, 512, 512, 10);

    /** The number of examples in a round, which is one epoch. */
    public static final int EXAMPLES = 20_000;

    /** The number of examples in a round of the contestants that take many times longer. */
    public static final int FEWER = 4_000;

    private final String label;
    private final double learned;
    private final int batch;
    private final int[] widths;

    Workload(String label, double learned, int batch, int... widths) {
        this.label = label;
        this.learned = learned;
        this.batch = batch;
        this.widths = widths;
    }

    /** Return the config that declares it, in the project's folder. */
    public Path config() {
        return Path.of("configs", "bench", label + ".yaml");
    }

    /** Return the accuracy that any real training surpasses by far, even on a part of the examples; chance is 0.1. */
    public double learned() {
        return learned;
    }

    /** Return the number of examples per step. */
    public int batch() {
        return batch;
    }

    /** Return the width of every layer, starting with the inputs. */
    public int[] widths() {
        return widths.clone();
    }

    /** Return the floating-point operations of the products for one example. */
    public double flops() {
        return flops(widths);
    }

    /**
     * Count only the operations of the products, an fma as two: forward x·w and backward xᵀ·delta in every layer, delta·wᵀ in
     * every layer but the first.
     */
    public static double flops(int... widths) {
        double sum = 0;
        for (int i = 1; i < widths.length; i++) {
            sum += 2.0 * widths[i - 1] * widths[i] * (i == 1 ? 2 : 3);
        }
        return sum;
    }
}
