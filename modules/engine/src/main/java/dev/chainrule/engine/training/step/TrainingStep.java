package dev.chainrule.engine.training.step;

import dev.chainrule.engine.objective.Objective;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.network.BatchPass;
import jakarta.inject.Inject;

/** One update: batch, forward, cost, backward, regularizers, clipping, optimizer. */
public final class TrainingStep {
    private final TrainingBatches batches;
    private final Objective objective;
    private final EpochScores scores;
    private final Divergence divergence;
    private final ParameterUpdate update;
    private final RunProgress progress;
    private final BatchPass pass = BatchPass.forTraining();
    private final BatchCost cost;

    @Inject
    public TrainingStep(
            TrainingBatches batches,
            Objective objective,
            EpochScores scores,
            Divergence divergence,
            ParameterUpdate update,
            RunProgress progress) {
        this.batches = batches;
        this.objective = objective;
        this.scores = scores;
        this.divergence = divergence;
        this.update = update;
        this.progress = progress;
        this.cost = new BatchCost(objective, pass);
    }

    /** Train on the next batch of the present epoch. */
    public void take() {
        batches.readNext();
        int epoch = progress.recordedEpochs();
        Matrix x = batches.x();
        Matrix y = batches.y();
        pass.at(epoch, batches.from());
        progress.enter(Phase.STEPPING);
        objective.forward(x, y, pass);
        objective.weigh(batches.weights());
        double loss = objective.meanCost();
        scores.add(objective);
        objective.backward(pass);
        double norm = update.gradientNorm();
        progress.last().measured(batches.rows(), loss, norm);
        if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
            throw divergence.of(epoch, progress.step(), loss, norm, x, y);
        }
        update.apply(norm, cost.of(x, y));
        progress.countStep();
    }
}
