package dev.chainrule.app.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.ShippedConfigs;
import dev.chainrule.config.Problems;
import dev.chainrule.config.node.ConfigReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Mangle every shipped config: bytes, tokens, trees. Each mutant is bound or answered with problems that can be shown;
 * the bound record equals the text, and survives being written and read again. A sample here, all by make proof.
 *
 * <p>{@code -Dfuzz.mutants=1000000 -Dfuzz.seed=7} tries more, and others.
 */
final class FuzzTests {
    private static final int MUTANTS = 21_000;
    private static final int SAMPLE = Integer.getInteger("fuzz.mutants", 4_000);
    private static final long SEED = Long.getLong("fuzz.seed", 4);
    /** Hundreds of times the time of a config: only a hanging case takes longer; it is not a verdict on speed. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final MutantJudge judge = new MutantJudge();

    @Test
    void bind_sampleOfMangledConfigs_neverCrashesHangsOrMisreads() {
        mangle(SAMPLE);
    }

    @Test
    @Tag("proof")
    void bind_mangledShippedConfigs_neverCrashesHangsOrMisreads() {
        mangle(MUTANTS);
    }

    private void mangle(int mutants) {
        List<Path> files = ShippedConfigs.files();
        Mangler mangler = new Mangler(SEED);
        for (int i = 0; i < mutants; i++) {
            String text = ShippedConfigs.text(files.get(i % files.size()));
            byte[] mutant = mutant(mangler, i / files.size() % 3, text);
            try {
                assertTimeoutPreemptively(LONGEST, () -> judge.judge(mutant));
            } catch (Throwable e) {
                throw new AssertionError(
                        "mutant " + i + " of seed " + SEED + ":\n" + new String(mutant, StandardCharsets.UTF_8), e);
            }
        }
        System.out.printf(
                "fuzzed configs: %d mutants, %d bound (%d values compared with what was written), %d refused%n",
                mutants, judge.bound(), judge.values(), judge.refused());
        assertEquals(mutants, judge.bound() + judge.refused());
        assertTrue(
                judge.bound() > mutants / 20 && judge.refused() > mutants / 4,
                judge.bound() + " bound, " + judge.refused() + " refused");
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
}
