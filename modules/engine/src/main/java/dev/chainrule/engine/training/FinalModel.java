package dev.chainrule.engine.training;

import dev.chainrule.api.training.Hook;
import dev.chainrule.engine.evaluation.Measurements;
import dev.chainrule.engine.record.HashChain;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.training.step.RunProgress;
import dev.chainrule.math.Matrix;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;

/** The model that a run keeps, as the last step left it or as a hook has chosen it, and its figures. */
final class FinalModel {
    private final LearnedTensors tensors;
    private final Measurements measurements;
    private final RunDirectory directory;
    private final RunProgress progress;
    private SortedMap<String, Matrix> replacement = Collections.emptySortedMap();
    private Optional<Figures> figures = Optional.empty();

    @Inject
    FinalModel(LearnedTensors tensors, Measurements measurements, RunDirectory directory, RunProgress progress) {
        this.tensors = tensors;
        this.measurements = measurements;
        this.directory = directory;
        this.progress = progress;
    }

    /**
     * The figures of a model.
     *
     * @param epoch whose end it is, from 1; empty for a model between two epochs, or one that no epoch ended with
     * @param metrics by full name, in the order recorded, those of the test data added when they are measured; train metrics are those of the batches as that epoch trained on them
     */
    record Figures(OptionalInt epoch, Map<String, Double> metrics) {}

    /** Replace the model with these tensors of the network, unless the run is interrupted. */
    void replaceWith(SortedMap<String, Matrix> chosen) {
        replacement = chosen;
    }

    /** Return whether the network is to contain other tensors than after the last step, given such an ending. */
    boolean isReplaced(Hook.Ending ending) {
        return tensors.areAveraged() || isChosen(ending);
    }

    private boolean isChosen(Hook.Ending ending) {
        return ending != Hook.Ending.INTERRUPTED && !replacement.isEmpty();
    }

    /** Copy the model into the network. */
    Figures settle(Hook.Ending ending) {
        if (isChosen(ending)) {
            replacement.forEach((name, tensor) -> tensors.ofNetwork().get(name).copyFrom(tensor));
            figures = Optional.of(ofReplacement());
        } else {
            tensors.settleAverages();
            boolean whole = progress.recordedEpochs() > 0 && progress.batch() == 0;
            OptionalInt epoch = whole ? OptionalInt.of(progress.recordedEpochs()) : OptionalInt.empty();
            figures = Optional.of(new Figures(epoch, recorded(progress.recordedEpochs())));
        }
        return figures.get();
    }

    /** Return the figures of the model; before there is one, the metrics of the last epoch that is recorded. */
    Figures figures() {
        return figures.orElseGet(() -> new Figures(OptionalInt.empty(), recorded(progress.recordedEpochs())));
    }

    void write() {
        tensors.writeModel(directory.model());
    }

    /** A hook may have chosen tensors with which no epoch ended, such as a mean of several: these are measured. */
    private Figures ofReplacement() {
        OptionalInt epoch = HashChain.read(directory.chain()).epochOf(tensors.asChained());
        return epoch.isPresent()
                ? new Figures(epoch, recorded(epoch.getAsInt()))
                : new Figures(epoch, measurements.ofAllButTest());
    }

    /** Return the metrics of an epoch, counted from 1. A metric may have been added when the run was resumed. */
    private Map<String, Double> recorded(int epoch) {
        Map<String, Double> recorded = new LinkedHashMap<>();
        for (String metric : progress.history().metrics()) {
            List<Double> values = progress.history().values(metric);
            int place = values.size() - 1 - (progress.recordedEpochs() - epoch);
            if (place >= 0) {
                recorded.put(metric, values.get(place));
            }
        }
        return recorded;
    }
}
