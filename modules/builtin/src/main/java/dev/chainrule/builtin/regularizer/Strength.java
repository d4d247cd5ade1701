package dev.chainrule.builtin.regularizer;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import java.util.Optional;

/** The strength of a penalty: λ, which is divided by the number of training examples, or a number that is not. */
final class Strength {
    private Strength() {}

    /** Throw unless exactly one of both is given, and is a finite number, 0 or more. */
    static void require(Optional<Double> lambda, Optional<Double> strength) {
        require("lambda", lambda);
        require("strength", strength);
        if (lambda.isEmpty() && strength.isEmpty()) {
            throw new InputException(
                    "lambda or strength is required",
                    "Write lambda: 5, which is divided by the number of training examples, or strength: 0.001, which is not.");
        }
        ParameterException.require(
                lambda.isEmpty() || strength.isEmpty(),
                "strength",
                "given together with lambda",
                "one of the two: lambda is divided by the number of training examples, strength is not");
    }

    private static void require(String parameter, Optional<Double> given) {
        given.ifPresent(value -> ParameterException.require(
                value >= 0 && Double.isFinite(value), parameter, value, "a finite number, 0 or more"));
    }

    /** Return λ/n, or the strength that is not divided. */
    static double of(Optional<Double> lambda, Optional<Double> strength, long n) {
        return lambda.isPresent() ? lambda.get() / n : strength.get();
    }
}
