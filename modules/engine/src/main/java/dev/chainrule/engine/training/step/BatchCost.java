package dev.chainrule.engine.training.step;

import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.training.Cost;
import dev.chainrule.engine.objective.Objective;
import dev.chainrule.math.Matrix;

/** The cost of the batch of a step, for optimizers that compute it again. */
final class BatchCost implements Cost {
    private final Objective objective;
    private final Pass pass;
    private Matrix x;
    private Matrix y;

    BatchCost(Objective objective, Pass pass) {
        this.objective = objective;
        this.pass = pass;
    }

    /**
     * Return the cost of a batch whose passes are done.
     *
     * @param inputs [batch, in]. Not modified.
     * @param targets [batch, target]. Not modified.
     */
    BatchCost of(Matrix inputs, Matrix targets) {
        x = inputs;
        y = targets;
        return this;
    }

    @Override
    public double value() {
        return objective.meanCost() + objective.penalty();
    }

    @Override
    public void compute() {
        objective.forward(x, y, pass);
        objective.backward(pass);
    }
}
