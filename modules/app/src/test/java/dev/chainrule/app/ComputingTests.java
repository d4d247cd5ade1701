package dev.chainrule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ComputingTests {
    /** A new command fails here until somebody has decided. */
    @Test
    void isAsked_eachCommand_isDecided() {
        List<String> computing = Commands.NAMES.stream()
                .filter(name -> Computing.isAsked(name, "x"))
                .toList();

        assertEquals(List.of("run", "resume", "rerun", "verify", "evaluate", "predict"), computing);
    }

    @Test
    void isAsked_configAlone_computes() {
        assertTrue(Computing.isAsked("configs/mnist.yaml"));
        assertTrue(Computing.isAsked("--threads", "1", "configs/mnist.yaml"));
    }

    @Test
    void isAsked_noArguments_doesNot() {
        assertFalse(Computing.isAsked());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "--help", "-V", "--version"})
    void isAsked_helpOrVersionAnywhere_doesNot(String option) {
        assertFalse(Computing.isAsked(option));
        assertFalse(Computing.isAsked("run", option));
        assertFalse(Computing.isAsked("run", "configs/mnist.yaml", option));
    }
}
