package dev.chainrule.testkit;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Loss;
import dev.chainrule.engine.contract.ActivationContract;
import dev.chainrule.engine.contract.Finding;
import dev.chainrule.engine.contract.LossContract;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;

/**
 * Assert that a component keeps the contract of its extension point:
 *
 * <pre>
 * &#64;Test
 * void swish_always_keepsTheContract() {
 *     Contracts.assertHolds(new Swish(1.5));
 * }
 * </pre>
 */
public final class Contracts {
    private static final int SHOWN = 8;

    private Contracts() {}

    /** Assert what {@link ActivationContract} checks. */
    public static void assertHolds(Activation activation) {
        require(activation, "an activation", ActivationContract.check(activation));
    }

    /**
     * Assert what {@link LossContract} checks.
     *
     * @param outputs the activations that the loss might fuse with
     */
    public static void assertHolds(Loss loss, Activation... outputs) {
        require(loss, "a loss", LossContract.check(loss, List.of(outputs)));
    }

    private static void require(Object component, String kind, List<Finding> findings) {
        if (!findings.isEmpty()) {
            String shown = findings.stream()
                    .limit(SHOWN)
                    .map(finding -> "\n  " + finding.text())
                    .collect(Collectors.joining());
            String more = findings.size() > SHOWN ? "\n  and " + (findings.size() - SHOWN) + " more" : "";
            Assertions.fail(component + " breaks the contract of " + kind + ":" + shown + more);
        }
    }
}
