package dev.chainrule.engine.advice;

import dev.chainrule.api.value.Warning;
import dev.chainrule.engine.assembly.Advice;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.experiment.WarningKind;
import dev.chainrule.model.network.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Advice on the number of examples per update. */
final class BatchAdvice {
    private static final String PATH = "data.batch_size";

    private BatchAdvice() {}

    static List<Advice> of(Assembly assembly) {
        List<Advice> found = new ArrayList<>();
        aboveData(assembly).ifPresent(found::add);
        ofOne(assembly).ifPresent(found::add);
        return found;
    }

    private static Optional<Advice> aboveData(Assembly assembly) {
        int batch = assembly.experiment().data().batchSize().examples();
        int examples = assembly.experiment()
                .data()
                .examplesPerEpoch(assembly.datasets().train().size());
        return batch <= examples || assembly.experiment().data().batchSize().isAll()
                ? Optional.empty()
                : Optional.of(new Advice(
                        WarningKind.BATCH_ABOVE_DATA,
                        PATH,
                        new Warning(
                                "batch_size is " + batch + ", but train has only " + examples
                                        + (examples == 1 ? " example" : " examples"),
                                "Each epoch is then a single update. Write " + examples
                                        + " if that is intended, otherwise a smaller number."),
                        true));
    }

    private static Optional<Advice> ofOne(Assembly assembly) {
        int batch = assembly.experiment().data().batchSize().examples();
        int examples = assembly.experiment()
                .data()
                .examplesPerEpoch(assembly.datasets().train().size());
        Optional<Layer> measuring = assembly.network().usingBatchStatistics();
        boolean always = batch == 1 || examples == 1;
        if (measuring.isEmpty() || !always && examples % batch != 1) {
            return Optional.empty();
        }
        String layer = measuring.get().name();
        String reason = always
                ? "every batch has one example, which " + layer + " normalises to zero"
                : "the last batch of each epoch has one example (" + examples + " in batches of " + batch + "), which "
                        + layer + " normalises to zero";
        return Optional.of(new Advice(
                WarningKind.BATCH_OF_ONE,
                PATH,
                reason,
                examples < 4
                        ? "Remove the layer, or give more training examples."
                        : "Write batch_size: " + fitting(examples, always ? 16 : batch) + ", or remove the layer."));
    }

    /** Return the largest batch up to a number that leaves no single example over. */
    private static int fitting(int examples, int most) {
        int batch = Math.min(examples, most);
        while (batch > 2 && examples % batch == 1) {
            batch--;
        }
        return examples % batch == 1 ? examples : batch;
    }
}
