package dev.chainrule.engine.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.chainrule.api.Elementwise;
import dev.chainrule.api.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KindContractsTests {
    /** a = factor·z, whose derivative is believed to be 3. */
    record Line(double factor) implements Elementwise {
        @Override
        public double value(double z) {
            return factor * z;
        }

        @Override
        public double derivative(double z, double a) {
            return 3;
        }
    }

    @Test
    void check_activation_isHeldToItsContract() {
        assertEquals(List.of(), KindContracts.check(Kind.ACTIVATION, new Line(3), List.of()));
        List<Finding> findings = KindContracts.check(Kind.ACTIVATION, new Line(2), List.of());
        assertFalse(findings.isEmpty());
        assertEquals("derivative at z = 0: expected 2, got 3", findings.get(0).text());
    }
}
