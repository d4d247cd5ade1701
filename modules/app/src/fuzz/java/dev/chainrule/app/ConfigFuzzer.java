package dev.chainrule.app;

import dev.chainrule.config.ProblemPrinter;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.compose.Composed;
import dev.chainrule.config.compose.Composer;
import dev.chainrule.engine.experiment.Experiment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Let Jazzer look for bytes that make the reading of configs fail: {@code make fuzz}. It is led by the branches that an input
 * reaches. Whatever is thrown is a finding: a user's mistake is a problem, never an exception.
 */
public final class ConfigFuzzer {
    private static final Path FILE = Path.of("/fuzzed/config.yaml");
    private static final MutantJudge JUDGE = new MutantJudge();
    private static final Binder BINDER = new Binder(ShippedConfigs.registry());

    private ConfigFuzzer() {}

    /** Read bytes alone, then as a config that refers to others, to itself and to the environment. */
    public static void fuzzerTestOneInput(byte[] input) {
        JUDGE.judge(input);
        Problems problems = new Problems();
        Optional<Composed> composed =
                new Composer(ConfigFuzzer::variable, List.of(), Map.of(FILE, input)).compose(FILE, problems);
        composed.ifPresent(whole -> {
            Problems binding = new Problems();
            BINDER.bind(whole.node(), Experiment.class, binding);
            problems.addAll(whole.explained(binding));
        });
        new ProblemPrinter(false).print(problems);
    }

    private static Optional<String> variable(String name) {
        return name.length() % 2 == 0 ? Optional.of(name) : Optional.empty();
    }
}
