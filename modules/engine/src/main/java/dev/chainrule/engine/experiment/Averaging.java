package dev.chainrule.engine.experiment;

import dev.chainrule.api.Doc;
import dev.chainrule.api.error.ParameterException;

/** Running averages of the parameters, which are measured and kept instead of the parameters themselves. */
@Doc("Running averages of the parameters, which validation, test and the kept model use.")
public record Averaging(
        @Doc("The share of an average that is kept at each update: above 0 and below 1.")
        double decay) {
    public Averaging {
        ParameterException.require(decay > 0 && decay < 1, "decay", decay, "above 0 and below 1");
    }
}
