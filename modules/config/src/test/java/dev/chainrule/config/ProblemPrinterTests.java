package dev.chainrule.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ProblemPrinterTests {
    private static final Source SOURCE = Source.of("a.yaml", "one: 1\ntwo: 2\nthree: 3\n");

    private final ProblemPrinter printer = new ProblemPrinter(false);

    @Test
    void print_nothing_isEmpty() {
        assertEquals("", printer.print(new Problems()));
    }

    @Test
    void print_severalPlaces_sortsAndCounts() {
        Problems problems = new Problems();
        problems.add(Problem.error(new Mark(SOURCE, 3, 8, 9), "three", "third", List.of()));
        problems.add(Problem.warning(new Mark(SOURCE, 1, 6, 7), "one", "first", List.of("Note one.", "Note two.")));
        problems.add(Problem.error("placeless", "Do this."));
        problems.add(Problem.error(new Mark(SOURCE, 2, 6, 7), "second"));
        assertEquals("""
                error: placeless
                   Do this.

                a.yaml:1:6: warning: first
                    1 | one: 1
                      |      ^
                   at one. Note one.
                   Note two.

                a.yaml:2:6: error: second
                    2 | two: 2
                      |      ^

                a.yaml:3:8: error: third
                    3 | three: 3
                      |        ^
                   at three.

                3 errors, 1 warning
                """, printer.print(problems));
    }

    @Test
    void print_onlyWarnings_countsThemAndStopsNothing() {
        Problems problems = new Problems();
        problems.add(Problem.warning(Mark.whole(SOURCE), "", "careful", List.of()));
        assertEquals("a.yaml: warning: careful\n\n1 warning\n", printer.print(problems));
        assertFalse(problems.hasErrors());
        problems.throwIfErrors();
    }

    @Test
    void print_withColour_stylesPlaceSeverityAndCarets() {
        String text = new ProblemPrinter(true).print(Problem.error(new Mark(SOURCE, 1, 1, 4), "bad"));
        assertEquals(
                "\u001b[1ma.yaml:1:1:\u001b[0m \u001b[1;31merror:\u001b[0m bad\n    1 | one: 1\n      | \u001b[1;31m^^^\u001b[0m\n",
                text);
    }

    @Test
    void print_escapesInUsersText_areShownNotObeyed() {
        Source hostile = Source.of("b.yaml", "x: \u001b[2Jy");
        String text = printer.print(Problem.error(new Mark(hostile, 1, 4, 9), "bad '\u001b[2J\n'"));
        assertFalse(text.contains("\u001b"), text);
        assertTrue(text.contains("bad '\\u001b[2J\\n'"), text);
    }

    @Test
    void print_wideCharactersBeforeToken_caretStandsUnderToken() {
        Source wide = Source.of("c.yaml", "名前: x");
        assertEquals(
                "c.yaml:1:5: error: bad\n    1 | 名前: x\n      |       ^\n",
                printer.print(Problem.error(new Mark(wide, 1, 5, 6), "bad")));
    }

    @Test
    void print_tabBeforeToken_keepsTab() {
        Source tabbed = Source.of("d.yaml", "a:\tx");
        assertTrue(
                printer.print(Problem.error(new Mark(tabbed, 1, 4, 5), "bad")).endsWith("      |   \t^\n"));
    }

    @Test
    void print_manyProblems_showsTheFirstHundred() {
        Problems problems = new Problems();
        for (int line = 1; line <= 101; line++) {
            problems.add(Problem.error(new Mark(Source.named("e.yaml"), line, 1, 2), "bad"));
        }
        String text = printer.print(problems);
        assertTrue(text.contains("e.yaml:100:1: error: bad\n"), text);
        assertTrue(text.endsWith("\n\n101 errors; the first 100 are shown\n"), text);
    }

    @Test
    void print_longTexts_losesTheirMiddle() {
        String text = printer.print(Problem.error("a".repeat(2_000) + "z", "b".repeat(2_000)));
        assertEquals(
                "error: " + "a".repeat(750) + "…" + "a".repeat(249) + "z\n   " + "b".repeat(750) + "…" + "b".repeat(250)
                        + "\n",
                text);
    }

    @Test
    void throwIfErrors_error_carriesProblemsAndText() {
        Problems problems = new Problems();
        problems.add(Problem.error("bad"));
        ConfigException e = assertThrows(ConfigException.class, problems::throwIfErrors);
        assertEquals("error: bad\n\n1 error\n", e.getMessage());
        assertEquals(problems, e.problems());
    }
}
