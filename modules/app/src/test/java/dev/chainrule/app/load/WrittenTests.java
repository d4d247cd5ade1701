package dev.chainrule.app.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.Components;
import dev.chainrule.app.testing.ShippedConfigs;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.engine.experiment.Experiment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Test that the comparison the fuzzer relies on notices a difference. */
final class WrittenTests {
    private static final String TEXT = ShippedConfigs.text(ShippedConfigs.FOLDER.resolve("mnist.yaml"));
    private static final Experiment BOUND = new Binder(new Components().builtIn())
            .bind(node(TEXT), Experiment.class)
            .value();

    @Test
    void check_whatWasWritten_isTheSame() {
        assertTrue(Written.check(node(TEXT), BOUND) > 30);
    }

    @ParameterizedTest
    @CsvSource({
        "seed: 42, seed: 43",
        "1/255, 1/256",
        "from: 0.002, from: 0.003",
        "name: mnist, name: mnis",
        "split: test, split: train",
        "1 epoch, 2 epochs",
        "type: dropout, type: flatten",
        "activation: softmax, activation: relu",
        "min: 0.97, min: 0.98",
        "samples: 20, samples: 21"
    })
    void check_anotherValue_isNoticed(String written, String other) {
        String changed = TEXT.replace(written, other);
        assertEquals(false, changed.equals(TEXT));
        assertThrows(AssertionError.class, () -> Written.check(node(changed), BOUND));
    }

    private static ConfigNode node(String text) {
        return ConfigReader.read("config.yaml", text, new Problems()).orElseThrow();
    }
}
