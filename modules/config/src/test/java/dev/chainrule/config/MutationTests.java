package dev.chainrule.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.bind.Located;
import dev.chainrule.config.example.Example;
import dev.chainrule.config.example.ExamplePlugin;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.write.ResolvedYaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Mangle configs at random: each is bound or has a problem that can be printed, and nothing else happens. */
final class MutationTests {
    private static final int ROUNDS_OF_BROKEN = 5;
    private static final int ROUNDS_OF_GOOD = 300;
    private static final String PIECES = "{}[]:,-&*!|>'\"%@`#?~ \n\t01a_<\u0000\ufeff\u2028é😀";

    @Test
    void bind_mangledConfigs_neverCrashes() throws IOException {
        Binder binder = new Binder(ExamplePlugin.registry());
        Random random = new Random(4);
        int cases = 0;
        int bound = 0;
        int refused = 0;
        for (Path file : seeds()) {
            byte[] seed = Files.readAllBytes(file);
            int rounds = file.getParent().endsWith("errors") ? ROUNDS_OF_BROKEN : ROUNDS_OF_GOOD;
            cases += rounds;
            for (int round = 0; round < rounds; round++) {
                byte[] bytes = mangled(seed, random);
                Problems problems = new Problems();
                Optional<Located<Example>> result = ConfigReader.read("m.yaml", bytes, problems)
                        .flatMap(node -> binder.bind(node, Example.class, problems));
                assertNotNull(new ProblemPrinter(true).print(problems));
                if (result.isPresent()) {
                    assertNotNull(ResolvedYaml.write(result.get().value()));
                    bound++;
                } else {
                    assertTrue(problems.hasErrors(), () -> new String(bytes, StandardCharsets.UTF_8));
                    refused++;
                }
            }
        }
        assertEquals(cases, bound + refused);
        assertTrue(bound > 50 && refused > 50, bound + " bound, " + refused + " refused");
    }

    private static List<Path> seeds() throws IOException {
        try (Stream<Path> errors = Files.list(GoldenFile.at("golden/errors"));
                Stream<Path> resolved = Files.list(GoldenFile.at("golden/resolved"))) {
            return Stream.concat(errors, resolved)
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    /** Replace, insert or delete a few pieces. */
    private static byte[] mangled(byte[] seed, Random random) {
        StringBuilder text = new StringBuilder(new String(seed, StandardCharsets.UTF_8));
        int[] pieces = PIECES.codePoints().toArray();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(3));
            String piece = Character.toString(pieces[random.nextInt(pieces.length)]);
            text.replace(at, end, random.nextBoolean() ? piece : "");
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(10) == 0 && bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }
}
