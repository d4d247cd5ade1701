package dev.chainrule.engine.assembly;

import dev.chainrule.api.Loss;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.Head;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.ConfigPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Advice for targets that are class numbers, such as 0 and 1, and were read as numbers to be approximated: parts that do not
 * fit them then fit them as classes.
 *
 * @param hint how to have them read as classes; empty if the target cannot be a class
 */
record ClassNumbers(Optional<String> hint) {
    private static final int MOST_CLASSES = 100;
    private static final int FEWEST_EACH = 2;

    /** Create the advice for the targets of the training examples that an output learns. */
    static ClassNumbers of(Experiment experiment, Head head, Dataset train) {
        Target target = head.output().reconstruct()
                ? Target.NONE
                : train.encoding().targets().get(head.source());
        boolean categorical = ConfigPaths.hasParameter(experiment.data().train(), "categorical");
        boolean may = categorical
                && !target.isClass()
                && target.width() == 1
                && areFewWholeNumbers(train, train.firstColumn(head.source()));
        return new ClassNumbers(
                may
                        ? Optional.of("If '" + target.names().get(0) + "' contains class numbers, write categorical: [ "
                                + written(target.names().get(0)) + " ] in data.train.")
                        : Optional.empty());
    }

    /** Put the advice before the other notes of a mismatch of loss, metric or last layer. */
    InputException addTo(InputException mismatch, int outputs) {
        boolean aboutLayer = mismatch.configPath().equals(Optional.of(Loss.LAST_LAYER));
        if (hint.isEmpty() || aboutLayer && outputs == 1) {
            return mismatch;
        }
        List<String> notes = new ArrayList<>(mismatch.notes());
        notes.add(0, hint.get());
        InputException advised = new InputException(mismatch.getMessage(), notes.toArray(String[]::new));
        return mismatch.configPath().map(advised::atConfig).orElse(advised);
    }

    private static boolean areFewWholeNumbers(Dataset train, int column) {
        TreeSet<Double> values = new TreeSet<>();
        Matrix y = new DoubleMatrix(1, train.encoding().targetWidth());
        for (int i = 0; i < train.size() && values.size() <= MOST_CLASSES; i++) {
            train.readTarget(i, y);
            double value = y.get(0, column);
            if (value != Math.rint(value)) {
                return false;
            }
            values.add(value);
        }
        return values.size() >= 2 && values.size() <= MOST_CLASSES && FEWEST_EACH * values.size() <= train.size();
    }

    private static String written(String name) {
        return name.matches("[\\p{L}_][\\p{L}0-9_]*")
                ? name
                : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
