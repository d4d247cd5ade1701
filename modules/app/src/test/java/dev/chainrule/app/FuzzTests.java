package dev.chainrule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.config.ProblemPrinter;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.bind.Located;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.config.write.ResolvedYaml;
import dev.chainrule.engine.Experiment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Mangle every shipped config: bytes, tokens, trees. Each mutant is bound or answered with problems that can be shown; what is bound
 * is what was written, and survives being written and read again.
 *
 * <p>{@code -Dfuzz.mutants=1000000 -Dfuzz.seed=7} tries more, and others.
 */
final class FuzzTests {
    private static final int MUTANTS = Integer.getInteger("fuzz.mutants", 21_000);
    private static final long SEED = Long.getLong("fuzz.seed", 4);
    /** Hundreds of times what a config takes: only what hangs takes longer, and no verdict on speed. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Registry registry = ShippedConfigs.registry();
    private final Binder binder = new Binder(registry);
    private int bound;
    private int refused;
    private long values;

    @Test
    void bind_mangledShippedConfigs_neverCrashesHangsOrMisreads() {
        List<Path> files = ShippedConfigs.files();
        Mangler mangler = new Mangler(SEED);
        for (int i = 0; i < MUTANTS; i++) {
            String text = ShippedConfigs.text(files.get(i % files.size()));
            byte[] mutant = mutant(mangler, i / files.size() % 3, text);
            try {
                assertTimeoutPreemptively(LONGEST, () -> judge(mutant));
            } catch (Throwable e) {
                throw new AssertionError(
                        "mutant " + i + " of seed " + SEED + ":\n" + new String(mutant, StandardCharsets.UTF_8), e);
            }
        }
        System.out.printf(
                "fuzzed configs: %d mutants, %d bound (%d values compared with what was written), %d refused%n",
                MUTANTS, bound, values, refused);
        assertEquals(MUTANTS, bound + refused);
        assertTrue(bound > MUTANTS / 20 && refused > MUTANTS / 4, bound + " bound, " + refused + " refused");
    }

    private static byte[] mutant(Mangler mangler, int way, String text) {
        return switch (way) {
            case 0 -> mangler.bytes(text);
            case 1 -> mangler.tokens(text).getBytes(StandardCharsets.UTF_8);
            default ->
                mangler.tree(ConfigReader.read("config.yaml", text, new Problems())
                                .orElseThrow())
                        .getBytes(StandardCharsets.UTF_8);
        };
    }

    private void judge(byte[] mutant) {
        Problems problems = new Problems();
        Optional<ConfigNode> node = ConfigReader.read("config.yaml", mutant, problems);
        Optional<Located<Experiment>> result = problems.hasErrors()
                ? Optional.empty()
                : node.flatMap(root -> binder.bind(root, Experiment.class, problems));
        result.ifPresent(experiment -> Expected.check(experiment, registry, problems));
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
}
