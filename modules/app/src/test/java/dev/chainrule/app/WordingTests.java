package dev.chainrule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.InProcess;
import dev.chainrule.app.testing.Wording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Test that every text for users is plain English: messages, help, descriptions of components, golden files and documents. */
final class WordingTests {
    /** How often literals, documents and the comments of tests say "what": lower a number when the count falls, never raise it. */
    private static final int MOST_IN_LITERALS = 0;

    private static final int MOST_IN_DOCUMENTS = 1;
    private static final int MOST_IN_TESTS = 41;
    private static final int FEWEST_SOURCES = 700;
    private static final int FEWEST_TESTS = 300;
    private static final int FEWEST_GOLDEN = 400;
    private static final int FEWEST_DOCUMENTS = 15;
    /** The glossary lists the words to avoid. */
    private static final String GLOSSARY = "(?s)\n## Words\n.*?(?=\n## )";

    private static Map<Path, String> literals() throws IOException {
        Map<Path, String> texts =
                Wording.files("modules", name -> name.endsWith(".java") && name.contains("/src/main/java/"));
        assertTrue(texts.size() >= FEWEST_SOURCES, texts.size() + " sources");
        texts.replaceAll((file, source) -> Wording.literals(source));
        return texts;
    }

    private static Map<Path, String> documents() throws IOException {
        Map<Path, String> texts = new LinkedHashMap<>(Wording.files("docs", name -> name.endsWith(".md")));
        texts.putAll(Wording.files("configs", name -> name.endsWith(".yaml")));
        for (String name : List.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")) {
            texts.put(
                    Path.of(name),
                    Files.readString(InProcess.ROOT.resolve(name)).replaceAll(GLOSSARY, ""));
        }
        assertTrue(texts.size() >= FEWEST_DOCUMENTS, texts.size() + " documents");
        return texts;
    }

    private static Map<Path, String> testComments() throws IOException {
        Map<Path, String> texts =
                Wording.files("modules", name -> name.endsWith(".java") && name.contains("/src/test/java/"));
        assertTrue(texts.size() >= FEWEST_TESTS, texts.size() + " tests");
        texts.replaceAll((file, source) -> Wording.comments(source));
        return texts;
    }

    private static Map<Path, String> golden() throws IOException {
        Map<Path, String> texts =
                Wording.files("modules", name -> name.endsWith(".txt") && name.contains("/resources/golden/"));
        assertTrue(texts.size() >= FEWEST_GOLDEN, texts.size() + " golden texts");
        return texts;
    }

    private static void requirePlain(Map<Path, String> texts) {
        List<String> found = new ArrayList<>();
        texts.forEach((file, text) -> Wording.awkward(text).forEach(words -> found.add(file + ": " + words)));
        assertEquals(List.of(), found, "CONTRIBUTING.md has better words");
    }

    private static void requireFew(int most, Map<Path, String> texts) {
        Map<Path, Long> counts = new LinkedHashMap<>();
        texts.forEach((file, text) -> counts.put(file, Wording.whats(text)));
        counts.values().removeIf(count -> count == 0);
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        assertTrue(all <= most, "\"what\" " + all + " times, of " + most + " at most: " + counts);
    }

    @Test
    void literals_all_arePlain() throws IOException {
        requirePlain(literals());
    }

    @Test
    void documents_all_arePlain() throws IOException {
        requirePlain(documents());
    }

    @Test
    void goldenTexts_all_arePlain() throws IOException {
        requirePlain(golden());
    }

    @Test
    void whats_areFew() throws IOException {
        requireFew(MOST_IN_LITERALS, literals());
        requireFew(MOST_IN_DOCUMENTS, documents());
        requireFew(MOST_IN_TESTS, testComments());
    }
}
