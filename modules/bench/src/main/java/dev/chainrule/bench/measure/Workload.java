package dev.chainrule.bench.measure;

import java.nio.file.Path;

/** The measured trainings, declared in configs/bench/. */
public enum Workload {
    /** 784-30-10, sigmoid, quadratic cost, batches of 10, gradient descent: thousands of tiny steps. */
    W1("w1", 20_000, 0.2, 10, 784, 30, 10),
    /** 784-512-512-10, relu, softmax and cross-entropy, batches of 128, Adam: large products. */
    W2("w2", 20_000, 0.6, 128, 784, 512, 512, 10),
    /** Two convolutions of 5 × 5 and relu, each followed by maxima, and two dense layers; batches of 64, gradient descent. */
    W3(
            "w3",
            6_400,
            0.6,
            64,
            conv(25, 20, 24 * 24, 2) + conv(20 * 25, 40, 8 * 8, 3) + conv(640, 100, 1, 3) + conv(100, 10, 1, 3)),
    /** ResNet-8 with batch normalisation on images of 32 × 32 × 3, batches of 64, Adam. */
    W4(
            "w4",
            2_560,
            0.2,
            64,
            conv(3 * 9, 16, 32 * 32, 2)
                    + 2 * conv(16 * 9, 16, 32 * 32, 3)
                    + conv(16 * 9, 32, 16 * 16, 3)
                    + conv(32 * 9, 32, 16 * 16, 3)
                    + conv(16, 32, 16 * 16, 3)
                    + conv(32 * 9, 64, 8 * 8, 3)
                    + conv(64 * 9, 64, 8 * 8, 3)
                    + conv(32, 64, 8 * 8, 3)
                    + conv(64, 10, 1, 3));

    /** The number of examples in a round of the contestants that take many times longer. */
    public static final int FEWER = 4_000;

    private final String label;
    private final int examples;
    private final double learned;
    private final int batch;
    private final double flops;
    private final int[] widths;

    Workload(String label, int examples, double learned, int batch, int... widths) {
        this(label, examples, learned, batch, flops(widths), widths);
    }

    Workload(String label, int examples, double learned, int batch, double flops, int... widths) {
        this.label = label;
        this.examples = examples;
        this.learned = learned;
        this.batch = batch;
        this.flops = flops;
        this.widths = widths;
    }

    /** Return the config that declares it, in the project's folder. */
    public Path config() {
        return Path.of("configs", "bench", label + ".yaml");
    }

    /** Return the number of examples in a round, which is one epoch. */
    public int examples() {
        return examples;
    }

    /** Return the accuracy that any real training surpasses by far, even on a part of the examples; chance is 0.1. */
    public double learned() {
        return learned;
    }

    /** Return the number of examples per step. */
    public int batch() {
        return batch;
    }

    /** Return the width of every layer, starting with the inputs; none if some layer is not dense. */
    public int[] widths() {
        return widths.clone();
    }

    /** Return the floating-point operations of the products for one example. */
    public double flops() {
        return flops;
    }

    /**
     * Count only the operations of the products, an fma as two: forward x·w and backward xᵀ·delta in every layer, delta·wᵀ in
     * every layer but the first.
     */
    public static double flops(int... widths) {
        double sum = 0;
        for (int i = 1; i < widths.length; i++) {
            sum += conv(widths[i - 1], widths[i], 1, i == 1 ? 2 : 3);
        }
        return sum;
    }

    /** Count the operations of a convolution's products: a patch's numbers times the filters, at each position. */
    private static double conv(int patch, int filters, int positions, int products) {
        return 2.0 * patch * filters * positions * products;
    }
}
