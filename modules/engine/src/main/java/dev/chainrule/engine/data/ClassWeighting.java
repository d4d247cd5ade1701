package dev.chainrule.engine.data;

import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.WordOr;
import dev.chainrule.engine.experiment.ConfigErrors;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.Weighting;
import dev.chainrule.engine.objective.ClassWeights;
import dev.chainrule.engine.objective.Rows;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The class weights that a config sets, computed from the training examples that are left after splitting. */
public final class ClassWeighting {
    private static final String PATH = "training.class_weights";

    private ClassWeighting() {}

    /**
     * Return the weights; {@link ClassWeights#NONE} if the config sets none.
     *
     * @param target the learned target
     * @throws InputException if they do not fit the target; it represents all {@link ConfigErrors}
     */
    public static ClassWeights of(Experiment experiment, Target target, Dataset train) {
        Optional<WordOr<Weighting, Map<String, Double>>> asked =
                experiment.training().classWeights();
        if (asked.isEmpty()) {
            return ClassWeights.NONE;
        }
        if (!experiment.outputs().isEmpty()) {
            throw new InputException(
                            "class_weights apply to the classes of one loss, but the network has outputs",
                            "Remove class_weights; the weight of an output multiplies its whole cost.")
                    .atConfig(PATH);
        }
        if (!target.isClass()) {
            throw new InputException(
                            "class_weights apply to classes, but "
                                    + (experiment.data().reconstruct()
                                            ? "the target is the input"
                                            : "the targets are numbers: " + target.listed()),
                            "Remove class_weights.")
                    .atConfig(PATH);
        }
        long[] counts = counts(train, target);
        return new ClassWeights(
                asked.get().value().map(given -> given(given, target, counts)).orElseGet(() -> balanced(counts)));
    }

    /** Return n / (k·n_c) of each class; 1 for a class without examples, which does not count in k. */
    private static double[] balanced(long[] counts) {
        long examples = Arrays.stream(counts).sum();
        long classes = Arrays.stream(counts).filter(count -> count > 0).count();
        return Arrays.stream(counts)
                .mapToDouble(count -> count == 0 ? 1 : (double) examples / (classes * count))
                .toArray();
    }

    private static double[] given(Map<String, Double> given, Target target, long[] counts) {
        double[] weights = new double[counts.length];
        Arrays.fill(weights, 1);
        ConfigErrors errors = new ConfigErrors();
        given.forEach((name, weight) -> errors.check(() -> {
            try {
                weights[target.classNumber(name)] = weight;
            } catch (InputException e) {
                throw e.atConfig(PATH + "." + name);
            }
        }));
        errors.throwIfAny();
        double most = 0;
        for (int c = 0; c < counts.length; c++) {
            most = counts[c] > 0 ? Math.max(most, weights[c]) : most;
        }
        if (most == 0) {
            throw new InputException(
                            "the classes of all training examples have the weight 0: nothing can be learned",
                            "Give one of them a weight above 0.")
                    .atConfig(PATH);
        }
        return weights;
    }

    private static long[] counts(Dataset train, Target target) {
        long[] counts = new long[target.names().size()];
        Target raw = train.encoding().target();
        Matrix y = new DoubleMatrix(1, raw.size());
        Rows rows = new Rows(raw, new DoubleMatrix(0, 0));
        for (int i = 0; i < train.size(); i++) {
            train.readTarget(i, y);
            for (int row = 0; row < raw.rows(); row++) {
                counts[Target.trueClass(rows.of(y), row)]++;
            }
        }
        return counts;
    }
}
