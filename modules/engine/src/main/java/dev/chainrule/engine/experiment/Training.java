package dev.chainrule.engine.experiment;

import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.ParameterException;
import java.util.Optional;

/** Declare how long and how to train. */
@Doc("How long and how to train.")
public record Training(
        @Doc("How often every training example is seen.") @Default("10")
        int epochs,

        @Doc(
                "Largest Euclidean norm of all gradients together; longer ones are scaled down to it. Without it: no limit.")
        Optional<Double> clipNorm) {

    public Training {
        ParameterException.require(epochs >= 1, "epochs", epochs, "1 or more");
        clipNorm.ifPresent(c ->
                ParameterException.require(c > 0 && c < Double.POSITIVE_INFINITY, "clipNorm", c, "above 0 and finite"));
    }
}
