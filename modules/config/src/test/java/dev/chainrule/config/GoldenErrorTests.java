package dev.chainrule.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.example.Example;
import dev.chainrule.config.example.ExamplePlugin;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.registry.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Hold the text of every kind of mistake: {@code golden/errors/x.yaml} gives {@code x.txt}. */
final class GoldenErrorTests {
    private static final Path FOLDER = GoldenFile.at("golden/errors");
    private static final int CASES = 133;

    private final Registry registry = ExamplePlugin.registry();

    @TestFactory
    Stream<DynamicTest> read_brokenConfig_saysWhatGoldenFileSays() throws IOException {
        return configs().stream()
                .map(config -> DynamicTest.dynamicTest(config.getFileName().toString(), () -> {
                    String text = errors(config);
                    assertFalse(text.isEmpty(), "no error in " + config);
                    assertFalse(text.matches("(?s).*\\b(java|dev\\.chainrule)\\..*"), "a class name in:\n" + text);
                    GoldenFile.check(goldenOf(config), text);
                }));
    }

    @Test
    void goldenFiles_all_haveBeenSeen() throws IOException {
        assertEquals(CASES, configs().size());
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertEquals(2 * CASES, files.count(), "every .yaml has its .txt and nothing else lies there");
        }
    }

    private String errors(Path config) throws IOException {
        Problems problems = new Problems();
        String name = config.getFileName().toString();
        ConfigReader.read(name, Files.readAllBytes(config), problems)
                .ifPresent(node -> new Binder(registry).bind(node, Example.class, problems));
        return new ProblemPrinter(false).print(problems);
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
