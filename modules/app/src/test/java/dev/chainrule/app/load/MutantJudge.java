package dev.chainrule.app.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.ShippedConfigs;
import dev.chainrule.config.ProblemPrinter;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.bind.Located;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.config.write.ResolvedYaml;
import dev.chainrule.engine.experiment.Experiment;
import java.util.Optional;

/** Read bytes as a config: they are answered with problems that can be shown, or bound to exactly the written values. */
final class MutantJudge {
    private final Registry registry = ShippedConfigs.registry();
    private final Binder binder = new Binder(registry);
    private int bound;
    private int refused;
    private long values;

    /** Judge one. */
    void judge(byte[] mutant) {
        Problems problems = new Problems();
        Optional<ConfigNode> node = ConfigReader.read("config.yaml", mutant, problems);
        Optional<Located<Experiment>> result = problems.hasErrors()
                ? Optional.empty()
                : node.flatMap(root -> binder.bind(root, Experiment.class, problems));
        result.ifPresent(experiment -> UsedMetrics.check(experiment, registry, problems));
        String shown = new ProblemPrinter(true).print(problems);
        if (problems.hasErrors()) {
            assertTrue(shown.contains("error"), shown);
            refused++;
            return;
        }
        Experiment experiment = result.orElseThrow().value();
        values += Written.check(node.orElseThrow(), experiment);
        String resolved = ResolvedYaml.write(experiment);
        ConfigNode again =
                ConfigReader.read("resolved.yaml", resolved, problems).orElseThrow();
        assertEquals(experiment, binder.bind(again, Experiment.class).value());
        bound++;
    }

    int bound() {
        return bound;
    }

    int refused() {
        return refused;
    }

    /** Return how many values were compared with the text. */
    long values() {
        return values;
    }
}
