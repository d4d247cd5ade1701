package dev.chainrule.config.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.config.GoldenFile;
import dev.chainrule.config.ProblemPrinter;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.bind.Located;
import dev.chainrule.config.example.Example;
import dev.chainrule.config.example.ExamplePlugin;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.config.write.Explanation;
import dev.chainrule.config.write.ResolvedYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The results of composing configs: {@code golden/compose/x.yaml} gives {@code x.txt}, the error, or the resolved
 * config and the origin of each value. Comments {@code #env NAME=value} and {@code #set path=value}
 * are the environment and the arguments.
 */
final class GoldenCompositionTests {
    private static final Path FOLDER = GoldenFile.at("golden/compose");
    private static final int WRONG = 52;
    private static final int RIGHT = 7;

    private final Registry registry = ExamplePlugin.registry();

    @TestFactory
    Stream<DynamicTest> compose_config_givesWhatGoldenFileSays() throws IOException {
        return configs().stream()
                .map(config -> DynamicTest.dynamicTest(config.getFileName().toString(), () -> {
                    String text = outcome(config);
                    assertFalse(text.matches("(?s).*\\b(java|dev\\.chainrule)\\..*"), "a class name in:\n" + text);
                    assertFalse(text.contains("hunter2"), "the secret in:\n" + text);
                    GoldenFile.check(goldenOf(config), text);
                }));
    }

    @Test
    void goldenFiles_all_haveBeenSeen() throws IOException {
        int wrong = 0;
        for (Path config : configs()) {
            wrong += Files.readString(goldenOf(config)).contains(" error: ") ? 1 : 0;
        }
        assertEquals(List.of(WRONG, RIGHT), List.of(wrong, configs().size() - wrong));
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertEquals(
                    configs().size(),
                    files.filter(file -> file.toString().endsWith(".txt")).count());
        }
    }

    private String outcome(Path config) throws IOException {
        Map<String, String> environment = new TreeMap<>();
        List<String> settings = new ArrayList<>();
        for (String line : Files.readAllLines(config)) {
            if (line.startsWith("#env ")) {
                environment.put(line.substring(5).replaceFirst("=.*", ""), line.replaceFirst("[^=]*=", ""));
            } else if (line.startsWith("#set ")) {
                settings.add(line.substring(5));
            }
        }
        Problems problems = new Problems();
        Composer composer = new Composer(name -> Optional.ofNullable(environment.get(name)), settings);
        Optional<Composed> composed = composer.compose(config, problems);
        Problems binding = new Problems();
        Optional<Located<Example>> bound =
                composed.flatMap(c -> new Binder(registry).bind(c.node(), Example.class, binding));
        composed.ifPresent(c -> problems.addAll(c.explained(binding)));
        String text = new ProblemPrinter(false).print(problems);
        if (text.isEmpty()) {
            text = explained(bound.orElseThrow(), composed.orElseThrow());
            assertReadsBack(bound.orElseThrow().value(), composed.orElseThrow(), environment);
        }
        assertTrue(bound.isPresent() || problems.hasErrors(), "refused without a reason");
        return text.replace(FOLDER.toAbsolutePath().toString(), "/demo").replace(FOLDER + "/", "");
    }

    private void assertReadsBack(Example example, Composed composed, Map<String, String> environment)
            throws IOException {
        Path file = Files.createTempFile("resolved", ".yaml");
        String text = ResolvedYaml.write(example, composed.writing());
        Files.writeString(file, text);
        Problems problems = new Problems();
        Composed again = new Composer(name -> Optional.ofNullable(environment.get(name)), List.of())
                .compose(file, problems)
                .orElseThrow();
        problems.throwIfErrors();
        assertEquals(
                example, new Binder(registry).bind(again.node(), Example.class).value(), text);
        Files.delete(file);
    }

    private static String explained(Located<Example> bound, Composed composed) {
        String values = Explanation.of(bound.value(), bound.locations(), composed::origin, composed.writing()).stream()
                .map(line -> "# " + line.path() + " | " + line.value() + " | " + line.origin() + "\n")
                .collect(Collectors.joining());
        return ResolvedYaml.write(bound.value(), composed.writing()) + values;
    }

    private static List<Path> configs() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static Path goldenOf(Path config) {
        return config.resolveSibling(config.getFileName().toString().replace(".yaml", ".txt"));
    }
}
