package dev.chainrule.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.report.page.Markup;
import dev.chainrule.app.testing.Shell;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** Texts that a browser would obey must be shown instead, wherever they come from. */
final class HostileTextTests {
    /** Each text, and the text that a reader sees where that is another. */
    private static final List<List<String>> CASES = List.of(
            List.of("<script>alert(1)</script>"),
            List.of("</script><script>alert(1)</script>"),
            List.of("<img src=x onerror=alert(1)>"),
            List.of("<svg onload=alert(1)>"),
            List.of("<svg/onload=alert(1)//"),
            List.of("<iframe src=javascript:alert(1)>"),
            List.of("<a href=\"javascript:alert(1)\">x</a>"),
            List.of("<style>body{display:none}</style>"),
            List.of("</style><b>"),
            List.of("</title><h1>x"),
            List.of("</td></tr></table>"),
            List.of("</pre><hr>"),
            List.of("</svg><foreignObject>"),
            List.of("<!--"),
            List.of("-->"),
            List.of("<![CDATA[x]]>"),
            List.of("]]>"),
            List.of("<?xml version=\"1.0\"?>"),
            List.of("<!DOCTYPE x>"),
            List.of("<base href=//evil.example>"),
            List.of("<meta http-equiv=refresh content=0>"),
            List.of("<link rel=stylesheet href=//evil.example>"),
            List.of("\" onmouseover=\"alert(1)"),
            List.of("' onfocus='alert(1)' autofocus='"),
            List.of("\"><b>bold</b>"),
            List.of("a=`x`"),
            List.of("&lt;b&gt;"),
            List.of("&#60;b&#62;"),
            List.of("&amp;"),
            List.of("& &nbsp ;"),
            List.of("{{constructor.constructor('alert(1)')()}}"),
            List.of("${alert(1)}"),
            List.of("one\ntwo", "one\\ntwo"),
            List.of("one\ttwo", "one\\ttwo"),
            List.of("\u202egnp.exe", "\\u202egnp.exe"),
            List.of("\u2066isolated\u2069", "\\u2066isolated\\u2069"),
            List.of("\u200fmark\u061c", "\\u200fmark\\u061c"),
            List.of("\u0000\u0008\u001b[31mred", "\\u0000\\u0008\\u001b[31mred"),
            List.of("half a pair \ud83d.", "half a pair \\ud83d."),
            List.of("שלום \u2028 سلام", "שלום \\u2028 سلام"));

    @TempDir
    private Path folder;

    private static String shown(List<String> hostile) {
        return hostile.get(hostile.size() - 1);
    }

    @TestFactory
    Stream<DynamicTest> markup_hostileText_showsIt() {
        assertEquals(40, CASES.size());
        return CASES.stream()
                .map(hostile -> DynamicTest.dynamicTest(shown(hostile), () -> {
                    String html = new Markup(text -> text)
                            .open("p", "title", hostile.get(0), "id", "x")
                            .text(hostile.get(0))
                            .close("p")
                            .toString();
                    Element paragraph = ReportPage.parsed(html).getDocumentElement();
                    assertEquals(shown(hostile), paragraph.getTextContent());
                    assertEquals(shown(hostile), paragraph.getAttribute("title"));
                    assertEquals(2, paragraph.getAttributes().getLength());
                    assertEquals(0, paragraph.getElementsByTagName("*").getLength());
                }));
    }

    @Test
    void report_hostileClassesColumnsAndValues_areText() {
        List<String> names = CASES.stream()
                .map(hostile -> hostile.get(0))
                .filter(HostileTextTests::isCell)
                .toList();
        assertTrue(names.size() >= 30, names::toString);
        StringBuilder table = new StringBuilder("\"<b>x</b>\",\"\"\" onload=\"\"y\",kind\n");
        for (int row = 0; row < 3; row++) {
            IntStream.range(0, names.size())
                    .forEach(i -> table.append(i % 7 + ",<i>" + i % 3 + "</i>,\"")
                            .append(names.get(i).replace("\"", "\"\""))
                            .append("\"\n"));
        }
        Shell shell =
                new Shell(folder).file("<b>&t.csv", table.toString()).file("hostile.yaml", """
                        name: hostile
                        data:
                          train: { type: csv, file: '<b>&t.csv', target: kind }
                          test: { fraction: 0.3 }
                        model:
                          - { type: dense, units: %d, activation: softmax, name: a }
                        loss: cross_entropy
                        optimizer: { type: sgd, learning_rate: 0.1 }
                        training: { epochs: 2 }
                        # <script>alert(1)</script>
                        """.formatted(names.size()));
        shell.execute("/demo/hostile.yaml", "--run-dir", "/demo/run", "--quiet");
        shell.done("report", "/demo/run");
        ReportPage page = new ReportPage(shell.text("run/report.html"));
        page.requireOwnMarkup();
        List<String> cells = page.texts("th");
        CASES.stream()
                .filter(hostile -> isCell(hostile.get(0)))
                .forEach(hostile -> assertTrue(cells.contains(shown(hostile)), shown(hostile)));
        assertTrue(cells.contains("<b>x</b>"), cells::toString);
        assertTrue(cells.contains("\" onload=\"y"), cells::toString);
        assertTrue(
                page.texts("td").contains("CSV <b>&t.csv"),
                () -> page.texts("td").toString());
        assertFalse(page.text().contains("<script>alert"), "a script of a config");
    }

    /** A table has no line breaks within its names, and no characters that no text may have. */
    private static boolean isCell(String text) {
        return text.chars().noneMatch(c -> c < ' ' || Character.isSurrogate((char) c)) && text.equals(text.strip());
    }
}
