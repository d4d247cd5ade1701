package dev.chainrule.config.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.config.GoldenFile;
import dev.chainrule.config.ProblemPrinter;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.example.Example;
import dev.chainrule.config.example.ExamplePlugin;
import dev.chainrule.config.node.ConfigNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComposerTests {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("ONE", "1", "TOKEN", "hunter2hunter2", "LONGER", "hunter2hunter2-more");
    private static final int ROUNDS = 40;

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();

    private Optional<Composed> compose(String yaml, String... settings) throws IOException {
        Path file = Files.writeString(folder.resolve("c.yaml"), yaml);
        return new Composer(name -> Optional.ofNullable(ENVIRONMENT.get(name)), List.of(settings))
                .compose(file, problems);
    }

    private String refused(String yaml) throws IOException {
        compose(yaml);
        assertTrue(problems.hasErrors(), yaml.substring(0, Math.min(200, yaml.length())));
        return problems.sorted().get(0).message();
    }

    private static ConfigNode.Scalar scalar(Composed composed, String key) {
        return (ConfigNode.Scalar)
                ((ConfigNode.Mapping) composed.node()).find(key).orElseThrow().value();
    }

    @Test
    void compose_referencesThatMultiply_areRefused() throws IOException {
        StringBuilder yaml = new StringBuilder("a0: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n");
        for (int i = 1; i < 12; i++) {
            yaml.append("a" + i + ": [")
                    .append(("\"${a" + (i - 1) + "}\", ").repeat(10))
                    .append("x]\n");
        }
        assertEquals("references repeat more than 100000 values", refused(yaml.toString()));
    }

    @Test
    void compose_textsThatDouble_areRefused() throws IOException {
        StringBuilder yaml = new StringBuilder("a0: long enough\n");
        for (int i = 1; i < 40; i++) {
            yaml.append("a" + i + ": ${a" + (i - 1) + "}${a" + (i - 1) + "}\n");
        }
        assertEquals("references expand to more than a million letters here", refused(yaml.toString()));
    }

    @Test
    void compose_chainOfAHundredReferences_isRefused() throws IOException {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            yaml.append("a" + i + ": ${a" + (i + 1) + "}\n");
        }
        assertEquals("more than 64 references are chained", refused(yaml + "a100: 1\n"));
        assertEquals(1, problems.sorted().size());
    }

    @Test
    void compose_nestingByReferences_isRefused() throws IOException {
        String deep = "[".repeat(50) + "\"${b}\"" + "]".repeat(50);
        assertEquals(
                "more than 64 nested levels",
                refused("a: \"${c}\"\nc: " + deep + "\nb: " + deep.replace("\"${b}\"", "1") + "\n"));
    }

    @Test
    void compose_defaultsInDefaults_areResolvedUntilTooMany() throws IOException {
        assertEquals(
                "x1",
                scalar(compose("a: ${env:NO:-${env:NONE:-x${env:ONE}}}\n").orElseThrow(), "a")
                        .text());
        assertEquals(
                "more than 64 defaults are nested",
                refused("a: " + "${env:NO:-".repeat(5000) + "}".repeat(5000) + "\n"));
    }

    @Test
    void compose_basesThatMultiply_areRefused() throws IOException {
        for (int i = 0; i < 12; i++) {
            String list = ("b" + (i + 1) + ".yaml, ").repeat(6);
            Files.writeString(folder.resolve("b" + i + ".yaml"), "extends: [" + list + "]\n");
        }
        Files.writeString(folder.resolve("b12.yaml"), "a: 1\n");
        assertEquals("more than 100 bases are read for one config", refused("extends: b0.yaml\n"));
    }

    @Test
    void compose_environment_isRecordedAndSecretsAreNot() throws IOException {
        Composed composed = compose("a: ${env:ONE}\nb: ${env:NO:-2}\nc: ${secret:TOKEN}\n", "d=${env:ONE}")
                .orElseThrow();
        assertEquals(Map.of("ONE", Optional.of("1"), "NO", Optional.empty()), composed.environment());
        assertEquals("x ${secret:TOKEN} y", composed.secrets().hide("x hunter2hunter2 y"));
        assertEquals(List.of("d=${env:ONE}"), composed.settings());
        assertTrue(problems.isEmpty());
    }

    @Test
    void compose_secretThatIsPartOfAnother_hidesTheLongerFirst() throws IOException {
        Composed composed = compose("a: ${secret:TOKEN}\nb: ${secret:LONGER}\n").orElseThrow();
        assertEquals(
                "${secret:LONGER}, ${secret:TOKEN}", composed.secrets().hide("hunter2hunter2-more, hunter2hunter2"));
    }

    @Test
    void writing_textsWithBraces_areEscapedAroundSecrets() throws IOException {
        Composed composed = compose("a: ${secret:TOKEN}\n").orElseThrow();
        assertEquals("$${x} ${secret:TOKEN} $${y}", composed.writing().apply("${x} hunter2hunter2 ${y}"));
    }

    @Test
    void hashing_localPaths_areReferencesAgain() throws IOException {
        Composed composed = compose("a: ${dir}/x\nb: ${file}\n").orElseThrow();
        String dir = folder.toAbsolutePath().toString();
        assertEquals(dir + "/x", scalar(composed, "a").text());
        assertEquals("${dir}/x", composed.hashing().apply(dir + "/x"));
        assertEquals("${file}", composed.hashing().apply(dir + "/c.yaml"));
        assertEquals(dir + "/x", composed.writing().apply(dir + "/x"));
    }

    @Test
    void compose_mangledConfigs_neverCrash() throws IOException {
        Binder binder = new Binder(ExamplePlugin.registry());
        Random random = new Random(7);
        String pieces = "${}$${[]:.-+='\", \na0env:secret:dir";
        int cases = 0;
        int right = 0;
        for (Path seed : seeds()) {
            // Comments name the secret.
            String text = Files.readString(seed)
                    .replaceAll("(?m)^#env.*\n", "")
                    .replace("bases/", seed.getParent() + "/bases/");
            for (int round = 0; round < ROUNDS; round++) {
                StringBuilder mangled = new StringBuilder(text);
                for (int i = random.nextInt(3); i >= 0; i--) {
                    int at = random.nextInt(mangled.length() + 1);
                    int from = random.nextInt(pieces.length());
                    int to = Math.min(pieces.length(), from + 1 + random.nextInt(3));
                    mangled.replace(at, Math.min(mangled.length(), at + random.nextInt(3)), pieces.substring(from, to));
                }
                List<String> lines = mangled.toString().lines().toList();
                String setting = lines.get(random.nextInt(lines.size())).replaceFirst("^#set ", "");
                Problems found = new Problems();
                Path file = Files.writeString(folder.resolve("m.yaml"), mangled);
                Optional<Composed> composed = new Composer(
                                name -> Optional.ofNullable(ENVIRONMENT.get(name)),
                                random.nextBoolean() ? List.of() : List.of(setting))
                        .compose(file, found);
                Problems binding = new Problems();
                composed.ifPresent(c -> binder.bind(c.node(), Example.class, binding));
                composed.ifPresent(c -> found.addAll(c.explained(binding)));
                String printed = new ProblemPrinter(false).print(found);
                assertNotNull(printed);
                assertFalse(printed.contains("hunter2"), printed);
                right += found.hasErrors() ? 0 : 1;
                cases++;
            }
        }
        assertEquals(59 * ROUNDS, cases);
        assertTrue(right > 50 && right < cases - 50, right + " of " + cases + " right");
    }

    private static List<Path> seeds() throws IOException {
        try (Stream<Path> files = Files.list(GoldenFile.at("golden/compose").toAbsolutePath())) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }
}
