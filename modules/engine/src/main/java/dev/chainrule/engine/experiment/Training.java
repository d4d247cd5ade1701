package dev.chainrule.engine.experiment;

import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.WordOr;
import dev.chainrule.math.Numbers;
import java.util.Map;
import java.util.Optional;

/** The length and method of training. */
@Doc("Duration and settings of training.")
public record Training(
        @Doc("Number of passes over the training examples.") @Default("10")
        int epochs,

        @Doc("Largest Euclidean norm of all gradients together; larger ones are scaled down to it. By "
                + "default, no limit.")
        Optional<Double> clipNorm,

        @Doc("Largest magnitude of each element of a gradient; larger ones are set to it. By default, no limit.")
        Optional<Double> clipValue,

        @Doc("Weights of examples by class: balanced, so that all classes count equally, or a number for "
                + "each class, by default 1. They multiply cost and gradient, but not metrics.")
        Optional<WordOr<Weighting, Map<String, Double>>> classWeights,

        @Doc("Whether the backward pass computes activations again, so that fewer are in memory: the same bits, with "
                + "up to another forward pass per step.")
        @Default("false")
        boolean recompute,

        @Doc("Number of parts into which each batch is divided for the computation of gradients, at most batch_size. "
                + "Threads take whole parts; their number does not change the result, but the number of parts does.")
        @Default("1")
        int shards,

        @Doc(
                "Largest number of examples that pass through the network at once: a batch is computed in parts of as many, "
                        + "one after the other, with the same bits and less memory, and up to another forward pass per step. By "
                        + "default, all of a batch.")
        Optional<Integer> rowsAtOnce,

        @Doc(
                "Running averages of the parameters, which validation, test and the kept model use instead of the parameters.")
        Optional<Averaging> average,

        @Doc("Values that are fitted to the validation examples after training: a temperature, a threshold, or both.")
        Optional<Calibration> calibrate) {

    public Training {
        ParameterException.require(epochs >= 1, "epochs", epochs, "1 or more");
        ParameterException.require(shards >= 1, "shards", shards, "1 or more");
        ParameterException.require(rowsAtOnce.orElse(1) >= 1, "rowsAtOnce", rowsAtOnce.orElse(1), "1 or more");
        checkLimit("clipNorm", clipNorm);
        checkLimit("clipValue", clipValue);
        ParameterException.require(
                clipNorm.isEmpty() || clipValue.isEmpty(),
                "clipValue",
                "given together with clip_norm",
                "one of the two");
        for (Map.Entry<String, Double> weight : weights(classWeights).entrySet()) {
            checkWeight(weight.getKey(), weight.getValue());
        }
    }

    /** Return the weights that are given by class. */
    public Map<String, Double> weightsByClass() {
        return weights(classWeights);
    }

    private static Map<String, Double> weights(Optional<WordOr<Weighting, Map<String, Double>>> given) {
        return given.isPresent() ? given.get().value().orElse(Map.of()) : Map.of();
    }

    private static void checkLimit(String parameter, Optional<Double> limit) {
        double value = limit.orElse(1.0);
        ParameterException.require(
                value > 0 && value < Double.POSITIVE_INFINITY, parameter, value, "above 0 and finite");
    }

    private static void checkWeight(String name, double weight) {
        ParameterException.require(
                weight >= 0 && weight < Double.POSITIVE_INFINITY,
                "classWeights",
                Numbers.format(weight) + " for '" + name + "'",
                "0 or more, and finite");
    }
}
