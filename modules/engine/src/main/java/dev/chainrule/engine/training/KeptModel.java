package dev.chainrule.engine.training;

import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.record.HashChain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The model that a run keeps, and its figures: those of its own epoch, which a hook may have chosen, and not of the last one.
 *
 * @param epoch whose end it is, from 1; empty for a model between two epochs, or one that no epoch ended with
 * @param metrics by full name, in the order recorded, those of the test data added when they are measured; train metrics are those of the batches as that epoch trained on them
 */
record KeptModel(OptionalInt epoch, Map<String, Double> metrics) {
    /** Return the model as the last step left it, with the figures of the last epoch that is recorded. */
    static KeptModel last(RunProgress progress) {
        boolean whole = progress.recordedEpochs() > 0 && progress.batch() == 0;
        return new KeptModel(
                whole ? OptionalInt.of(progress.recordedEpochs()) : OptionalInt.empty(),
                figures(progress, progress.recordedEpochs()));
    }

    /**
     * Return the model that the network holds after hooks had their say.
     *
     * @param evaluator measures it where no epoch ended with it, as where a hook averaged several
     */
    static KeptModel chosen(Trainer.Parts parts, RunProgress progress, Evaluator evaluator) {
        OptionalInt epoch = HashChain.read(parts.directory().chain())
                .epochOf(parts.network().tensors());
        if (epoch.isPresent()) {
            return new KeptModel(epoch, figures(progress, epoch.getAsInt()));
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (Dataset dataset : parts.datasets().all()) {
            if (parts.datasets().test().filter(dataset::equals).isEmpty()) {
                metrics.putAll(evaluator.evaluate(dataset).metrics());
            }
        }
        return new KeptModel(OptionalInt.empty(), metrics);
    }

    /** Return the values of an epoch, counted from 1. A metric may have been added when the run was resumed. */
    private static Map<String, Double> figures(RunProgress progress, int epoch) {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (String metric : progress.history().metrics()) {
            List<Double> values = progress.history().values(metric);
            int place = values.size() - 1 - (progress.recordedEpochs() - epoch);
            if (place >= 0) {
                figures.put(metric, values.get(place));
            }
        }
        return figures;
    }
}
