package dev.chainrule.engine.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.engine.training.step.Phase;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhaseTests {
    @Test
    void allowsCheckpoint_ofAllPhases_isTrueWhereTheStateIsThatOfOneStep() {
        assertEquals(
                List.of(Phase.BETWEEN_STEPS, Phase.ENDING),
                Arrays.stream(Phase.values()).filter(Phase::allowsCheckpoint).toList());
    }
}
