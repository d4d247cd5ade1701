package dev.chainrule.builtin.optimizer;

import dev.chainrule.api.error.ParameterException;

/** The checks of numbers that several optimizers have. */
final class Checks {
    private Checks() {}

    /** Throw unless a share that is kept at each update is 0 or more and below 1. */
    static void requireShare(String parameter, double share) {
        ParameterException.require(share >= 0 && share < 1, parameter, share, "0 or more and below 1");
    }

    /** Throw unless both shares and the summand of a divisor are valid. */
    static void require(double beta1, double beta2, double epsilon) {
        requireShare("beta1", beta1);
        requireShare("beta2", beta2);
        requireEpsilon(epsilon);
    }

    /** Throw unless the summand of a divisor is a finite number above 0. */
    static void requireEpsilon(double epsilon) {
        ParameterException.require(
                epsilon > 0 && Double.isFinite(epsilon), "epsilon", epsilon, "a finite number above 0");
    }

    /** Throw unless a weight decay is a finite number, 0 or more. */
    static void requireDecay(double weightDecay) {
        ParameterException.require(
                weightDecay >= 0 && Double.isFinite(weightDecay),
                "weightDecay",
                weightDecay,
                "a finite number, 0 or more");
    }
}
