package dev.chainrule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.InProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Test the golden texts of all modules about mistakes in configs. */
final class ErrorTextsTests {
    private static final List<String> FOLDERS = List.of(
            "modules/config/src/test/resources/golden/errors",
            "modules/config/src/test/resources/golden/compose",
            "modules/app/src/test/resources/golden/config");
    private static final int FEWEST = 100;
    private static final int FEWEST_WITH_SEVERAL = 25;
    private static final Pattern COUNT = Pattern.compile("(?m)^([0-9]+) errors$");
    /** Words that mean something to programmers in Java alone. */
    private static final Pattern JARGON = Pattern.compile(
            "(?<!!!)\\b(null pointer|exception|stack ?trace|enum|boolean|integer|string|double(?! quotes)|float|int|instance|"
                    + "class(path)? loader|getter|setter|constructor|reflection|annotation|javac|snakeyaml|\\w+\\.java)\\b");
    /** File, line and column: the file's name is its author's. */
    private static final Pattern PLACE = Pattern.compile("(?m)^\\S+:\\d+:\\d+:");

    @Test
    void goldenErrors_all_areManyAndOftenSeveralInOneFile() throws IOException {
        List<String> texts = texts();
        int several = 0;
        for (String text : texts) {
            Matcher count = COUNT.matcher(text);
            if (count.find()) {
                several++;
                long shown = text.lines()
                        .filter(line -> line.contains(" error: ") || line.startsWith("error: "))
                        .count();
                assertEquals(Long.parseLong(count.group(1)), shown, text);
            }
        }
        System.out.printf("golden error texts: %d, %d of them with several errors%n", texts.size(), several);
        assertTrue(texts.size() >= FEWEST, "only " + texts.size());
        assertTrue(several >= FEWEST_WITH_SEVERAL, "only " + several);
    }

    @Test
    void goldenErrors_all_doWithoutWordsOfProgrammers() throws IOException {
        List<String> found = new ArrayList<>();
        for (String text : texts()) {
            // Text between bars is quoted from the config, text in quotes was received.
            String own = text.replaceAll("(?m)^ *[0-9]* \\|.*$", "").replaceAll("'[^'\\n]*'", "");
            Matcher jargon = JARGON.matcher(PLACE.matcher(own).replaceAll(""));
            if (jargon.find()) {
                found.add(jargon.group() + " in:\n" + text);
            }
        }
        assertEquals(List.of(), found);
    }

    private static List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String folder : FOLDERS) {
            try (Stream<Path> files = Files.walk(InProcess.ROOT.resolve(folder))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".txt"))
                        .sorted()
                        .toList()) {
                    String text = Files.readString(file);
                    if (text.contains("error: ")) {
                        texts.add(text);
                    }
                }
            }
        }
        return texts;
    }
}
