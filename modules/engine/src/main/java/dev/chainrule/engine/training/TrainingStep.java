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
    private final RunProgress progress;
    private final BatchPass pass = BatchPass.forTraining();

    TrainingStep(Trainer.Parts parts, RunProgress progress, Divergence divergence) {
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
        this.progress = progress;
    }

    void take(int epoch, int[] order, int from, int rows, Scores scores) {
        Matrix x = pipeline.inputs(train, order, from, rows);
        Matrix y = pipeline.targets(train, order, from, rows);
        pass.at(epoch, from);
        progress.enter(Phase.STEPPING);
        Matrix a = objective.forward(x, y, pass);
        double loss = objective.meanCost(y);
        scores.add(pipeline.measuredOutputs(a), pipeline.measuredTargets(), objective.costs());
        objective.backward(y, pass);
        double norm = Math.sqrt(kernels.sumOfSquares(gradients));
        progress.last().measured(rows, loss, norm);
        if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
            throw divergence.of(epoch, progress.step(), loss, norm, x, y);
        }
        clip(norm);
        optimizer.update(progress.step(), learningRate());
        progress.countStep();
    }

    private double learningRate() {
        double rate = schedule.rate(progress);
        progress.last().updatedAt(rate);
        if (!(rate >= 0) || Double.isInfinite(rate)) {
            throw new RunException("the learning rate of step " + progress.step() + " is " + Numbers.format(rate)
                    + ": a finite number of 0 or more is needed.");
        }
        return rate;
    }

    private void clip(double norm) {
        if (clipNorm.isPresent() && norm > clipNorm.get()) {
            for (int i = 0; i < gradients.size(); i++) {
                kernels.scale(clipNorm.get() / norm, gradients.get(i));
            }
        }
    }
}
