package dev.chainrule.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

class ContractsTests {
    @Component("twice")
    @Doc("Twice the input.")
    record Unlisted() implements Elementwise {
        @Override
        public double value(double z) {
            return 2 * z;
        }

        @Override
        public double derivative(double z, double a) {
            return 2;
        }
    }

    record NoComponent() {}

    @Test
    void assertHolds_componentOfNoPlugin_saysWhereItIsListed() {
        assertEquals(
                "Unlisted[] breaks the contract of an activation:\n"
                        + "  no plugin on the class path lists it: see META-INF/services/dev.chainrule.api.Plugin and the"
                        + " components() of the class named there",
                assertThrows(AssertionFailedError.class, () -> Contracts.assertHolds(new Unlisted()))
                        .getMessage());
    }

    @Test
    void assertHolds_recordOfNoKind_saysSo() {
        assertEquals(
                "NoComponent does not implement exactly one extension point ==> expected: not <null>",
                assertThrows(AssertionFailedError.class, () -> Contracts.assertHolds(new NoComponent()))
                        .getMessage());
    }
}
