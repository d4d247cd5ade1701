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

        @Doc("Weights of examples by class: balanced, so that all classes count equally, or a number for "
                + "each class, by default 1. They multiply cost and gradient, but not metrics.")
        Optional<WordOr<Weighting, Map<String, Double>>> classWeights) {

    public Training {
        ParameterException.require(epochs >= 1, "epochs", epochs, "1 or more");
        clipNorm.ifPresent(c ->
                ParameterException.require(c > 0 && c < Double.POSITIVE_INFINITY, "clipNorm", c, "above 0 and finite"));
        classWeights.flatMap(WordOr::value).ifPresent(weights -> weights.forEach(Training::checkWeight));
    }

    private static void checkWeight(String name, double weight) {
        ParameterException.require(
                weight >= 0 && weight < Double.POSITIVE_INFINITY,
                "classWeights",
                Numbers.format(weight) + " for '" + name + "'",
                "0 or more, and finite");
    }
}
