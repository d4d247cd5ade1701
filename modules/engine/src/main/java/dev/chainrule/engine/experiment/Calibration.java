package dev.chainrule.engine.experiment;

import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Metric;
import dev.chainrule.api.error.ParameterException;
import java.util.Optional;

/** The values to fit to the validation examples when training has ended: a temperature, a threshold between two classes, or both. */
@Doc("Values that are fitted to the validation examples after training, and stored with the model.")
public record Calibration(
        @Doc(
                "Whether the probabilities of classes are raised to a power 1/temperature that makes them fit the validation "
                        + "examples best.")
        @Default("false")
        boolean temperature,

        @Doc(
                "A metric of predicted classes, such as f1: of two classes, the second is predicted if its probability is above "
                        + "the threshold at which this metric is best. By default, the threshold is 0.5.")
        Optional<Metric> threshold) {
    public Calibration {
        ParameterException.require(
                temperature || threshold.isPresent(),
                "temperature",
                "false, and threshold is not given",
                "temperature: true, a threshold, or both");
    }
}
