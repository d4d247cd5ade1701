package dev.chainrule.engine.training;

import dev.chainrule.api.Optimizer;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.RunException;
import dev.chainrule.api.Schedule;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.network.BatchPass;
import dev.chainrule.engine.network.Objective;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import java.util.List;
import java.util.Optional;

/** Make one update: forward, cost, backward, regularizers, clipping, optimizer. */
final class TrainingStep {
    private final Dataset train;
    private final Pipeline pipeline;
    private final Objective objective;
    private final Optimizer optimizer;
    private final Schedule schedule;
    private final Optional<Double> clipNorm;
    private final Kernels kernels;
    private final List<Matrix> gradients;
    private final Divergence divergence;
    private final Position position;
    private final BatchPass pass = BatchPass.forTraining();
    private boolean under;

    TrainingStep(Trainer.Parts parts, Position position, Divergence divergence) {
        this.train = parts.datasets().train();
        this.pipeline = parts.pipeline();
        this.objective = parts.objective();
        this.optimizer = parts.optimizer();
        this.schedule = parts.experiment().optimizer().learningRate();
        this.clipNorm = parts.experiment().training().clipNorm();
        this.kernels = parts.network().kernels();
        this.gradients = parts.network().parameters().stream()
                .filter(Parameter::trainable)
                .map(Parameter::gradient)
                .toList();
        this.divergence = divergence;
        this.position = position;
    }

    /** Return whether a step was begun and not finished: by a failure, since when tensors are of no step. */
    boolean isUnder() {
        return under;
    }

    void take(int epoch, int[] order, int from, int rows, Scores scores) {
        position.batchRows = rows;
        Matrix x = pipeline.inputs(train, order, from, rows);
        Matrix y = pipeline.targets(train, order, from, rows);
        pass.at(epoch, from);
        under = true;
        Matrix a = objective.forward(x, y, pass);
        position.loss = objective.meanCost(y);
        scores.add(pipeline.measuredOutputs(a), pipeline.measuredTargets(), objective.costs());
        objective.backward(y, pass);
        position.gradientNorm = Math.sqrt(kernels.sumOfSquares(gradients));
        if (!Double.isFinite(position.loss) || !Double.isFinite(position.gradientNorm)) {
            throw divergence.of(epoch, position.step, position.loss, position.gradientNorm, x, y);
        }
        clip();
        position.learningRate = schedule.rate(position);
        if (!(position.learningRate >= 0) || Double.isInfinite(position.learningRate)) {
            throw new RunException("the learning rate of step " + position.step + " is "
                    + Numbers.format(position.learningRate) + ": a finite number of 0 or more is needed.");
        }
        optimizer.update(position.step, position.learningRate);
        position.step++;
        under = false;
    }

    private void clip() {
        if (clipNorm.isPresent() && position.gradientNorm > clipNorm.get()) {
            for (int i = 0; i < gradients.size(); i++) {
                kernels.scale(clipNorm.get() / position.gradientNorm, gradients.get(i));
            }
        }
    }
}
