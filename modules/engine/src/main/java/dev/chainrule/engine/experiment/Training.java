package dev.chainrule.engine.experiment;

import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.WordOr;
import dev.chainrule.math.Numbers;
import java.util.Map;
import java.util.Optional;

/** The length and method of training. */
@Doc("How long and how to train.")
public record Training(
        @Doc("How often every training example is seen.") @Default("10")
        int epochs,

        @Doc(
                "Largest Euclidean norm of all gradients together; longer ones are scaled down to it. Without it: no limit.")
        Optional<Double> clipNorm,

        @Doc(
                "How much examples count by their class: balanced, so that all classes count the same, or numbers by class, 1 for"
                        + " those left out. Cost and gradient are multiplied by it, metrics are not.")
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
