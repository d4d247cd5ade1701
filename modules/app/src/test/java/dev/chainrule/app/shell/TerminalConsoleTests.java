package dev.chainrule.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TerminalConsoleTests {
    private static final String EPOCH = "epoch  3/10  train loss 0.1234 accuracy 0.9812  validation loss 0.001250 "
            + "accuracy 0.9876 mae 12.35  12.3 s";
    private static final String SENTENCE =
            "note: validation.loss was best in epoch 12 with 0.4100, and is 4.707 times as high for the final "
                    + "model: after epoch 12 the network overfitted";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int columns = 80;
    private final TerminalConsole console =
            new TerminalConsole(new PrintStream(bytes, true, StandardCharsets.UTF_8), true, false, () -> columns);

    private String taken() {
        String text = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        return text;
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 72, 80, 100, 200})
    void line_longerThanTheTerminal_isBrokenBetweenWords(int width) {
        columns = width;
        for (String text : List.of(EPOCH, SENTENCE, "  " + SENTENCE)) {
            console.line(text);
            String shown = taken();
            List<String> words = new ArrayList<>();
            shown.lines().forEach(line -> {
                assertTrue(line.length() < width, line);
                words.addAll(Arrays.asList(line.strip().split(" +")));
            });
            assertEquals(Arrays.asList(text.strip().split(" +")), words);
        }
    }

    @Test
    void line_ofAnEpoch_isBrokenBetweenDatasets() {
        columns = 60;
        console.line(EPOCH);
        assertEquals(
                List.of(
                        "epoch  3/10  train loss 0.1234 accuracy 0.9812",
                        "    validation loss 0.001250 accuracy 0.9876 mae 12.35",
                        "    12.3 s"),
                taken().lines().toList());
    }

    @Test
    void line_withoutATerminal_staysWhole() {
        new TerminalConsole(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, false, () -> 60).line(EPOCH);
        assertEquals(EPOCH + System.lineSeparator(), taken());
    }

    @Test
    void line_wordLongerThanTheTerminal_staysWhole() {
        String path = "/" + "x".repeat(100);
        console.line("run kept in " + path + " today");
        assertEquals(
                List.of("run kept in", "    " + path, "    today"),
                taken().lines().toList());
    }

    @Test
    void status_drawnAgain_replacesTheLine() {
        console.status("a".repeat(79));
        taken();
        console.status("b");
        assertEquals("\r\u001b[Jb", taken());
        console.status("");
        assertEquals("\r\u001b[J", taken());
        console.status("");
        assertEquals("", taken());
    }

    @Test
    void status_inAWindowThatHasBecomeNarrower_removesAllRowsOfTheLineBefore() {
        console.status("a".repeat(79));
        taken();
        columns = 30;
        console.status("b".repeat(79));
        assertEquals("\u001b[2A\r\u001b[J" + "b".repeat(29), taken(), "79 letters are 3 rows of 30");
        console.line("done");
        assertEquals("\r\u001b[Jdone" + System.lineSeparator() + "b".repeat(29), taken());
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 72, 80, 100, 200})
    void status_anyWidth_leavesOneColumnFree(int width) {
        columns = width;
        console.status("x".repeat(300));
        assertEquals(width - 1, taken().length());
    }
}
