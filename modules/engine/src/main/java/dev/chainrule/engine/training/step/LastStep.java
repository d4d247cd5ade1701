package dev.chainrule.engine.training.step;

import dev.chainrule.api.training.State;

/** The figures of the last step. */
public final class LastStep {
    private int rows;
    private double loss = Double.NaN;
    private double gradientNorm = Double.NaN;
    private double learningRate = Double.NaN;

    /** Take the figures of a step that is about to update the parameters. */
    void measured(int batchRows, double meanCost, double norm) {
        rows = batchRows;
        loss = meanCost;
        gradientNorm = norm;
    }

    /** Take the learning rate of the same step. */
    void updatedAt(double rate) {
        learningRate = rate;
    }

    /** Return the examples of its batch; 0 before the first step. */
    public int rows() {
        return rows;
    }

    /** Return the mean cost of its batch; NaN before the first step. */
    public double loss() {
        return loss;
    }

    /** Return the norm of its gradients before clipping; NaN before the first step. */
    public double gradientNorm() {
        return gradientNorm;
    }

    /** Return its learning rate; NaN before the first step. */
    public double learningRate() {
        return learningRate;
    }

    void save(State to) {
        to.put("batch_rows", rows)
                .put("loss", loss)
                .put("gradient_norm", gradientNorm)
                .put("learning_rate", learningRate);
    }

    void restore(State from) {
        rows = Math.toIntExact(from.whole("batch_rows"));
        loss = from.number("loss");
        gradientNorm = from.number("gradient_norm");
        learningRate = from.number("learning_rate");
    }
}
