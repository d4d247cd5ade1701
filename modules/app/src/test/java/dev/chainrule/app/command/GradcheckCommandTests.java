package dev.chainrule.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Plugins;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Test the command gradcheck: its subjects, its exit codes and the files it writes. */
final class GradcheckCommandTests {
    /** The quantities checked in {@link Samples#GATES}, in order. */
    private static final List<String> ROWS = List.of(
            "loss.binary_cross_entropy binary_cross_entropy.a",
            "fused.binary_cross_entropy binary_cross_entropy.costs",
            "fused.binary_cross_entropy binary_cross_entropy.delta",
            "BP1.dense_2 dense_2.z",
            "BP4.dense_2 dense_2.weights",
            "BP3.dense_2 dense_2.biases",
            "BP2.dense_1 dense_1.z",
            "BP4.dense_1 dense_1.weights",
            "BP3.dense_1 dense_1.biases");

    /** Two powers of ten of the error, in the picture's units. */
    private static final double TWO_POWERS = 60;

    @TempDir
    private Path folder;

    private Shell gates() {
        return new Shell(folder).file("gates.yaml", Samples.GATES);
    }

    @Test
    void gradcheck_config_passesAndPrintsATable() {
        String out = gates().done("gradcheck", "/demo/gates.yaml").out();
        assertTrue(out.startsWith("gradient check passed: backpropagation against slopes of the cost"), out);
        assertEquals(2 + ROWS.size(), out.lines().count(), out);
    }

    @Test
    void gradcheck_run_checksWhatItLearned() {
        Shell shell = gates();
        shell.done("/demo/gates.yaml", "--run-dir", "/demo/run", "--quiet");
        String begun = shell.done("gradcheck", "/demo/gates.yaml").out();
        String learned = shell.done("gradcheck", "/demo/run").out();
        assertTrue(learned.startsWith("gradient check passed"), learned);
        assertTrue(!begun.equals(learned), "other weights have other errors: " + learned);
        assertEquals(
                """
                error: --set applies to configs, but /demo/run is a run
                   To check another network, give its config.

                1 error
                """, shell.execute("gradcheck", "/demo/run", "--set", "seed=1").failed(ExitCode.INPUT));
    }

    @Test
    void gradcheck_wrongDerivative_exits4AndJUnitHearsOfIt() throws Exception {
        Shell shell = new Shell(folder)
                .file("square.jar", Plugins.square("z").bytes())
                .file("gates.yaml", Samples.GATES.replace("tanh", "square"));
        Shell.Result result = shell.execute(
                "gradcheck", "/demo/gates.yaml", "--plugins", "/demo/square.jar", "--junit", "/demo/j.xml");
        assertEquals(ExitCode.CHECK, result.code(), result.err());
        assertTrue(result.out().contains("\n  BP2 is wrong in dense_1: dense_1.z differs in "), result.out());
        Element suite = xml(shell, "j.xml");
        assertEquals("3", suite.getAttribute("failures"), "δ is wrong, and what is made of it");
        List<Element> failures = elements(suite, "failure");
        assertEquals(3, failures.size());
        assertTrue(failures.get(0).getAttribute("message").startsWith("BP2 is wrong in dense_1"));
        assertTrue(failures.get(1).getAttribute("message").endsWith("entries differ, because of another fault"));
    }

    @Test
    void junit_ofAGoodNetwork_hasATestForEachQuantity() throws Exception {
        Shell shell = gates();
        shell.done("gradcheck", "/demo/gates.yaml", "--junit", "/demo/j.xml");
        Element suite = xml(shell, "j.xml");
        assertEquals("testsuite", suite.getTagName());
        assertEquals("gradcheck gates", suite.getAttribute("name"));
        for (String none : List.of("failures", "errors", "skipped")) {
            assertEquals("0", suite.getAttribute(none), none);
        }
        assertEquals(String.valueOf(ROWS.size()), suite.getAttribute("tests"));
        assertEquals(
                ROWS,
                elements(suite, "testcase").stream()
                        .map(test -> test.getAttribute("classname") + " " + test.getAttribute("name"))
                        .toList());
    }

    /** A network of zeros is at its kinks with every z; nothing can be said, and only --strict minds. */
    @Test
    void gradcheck_allAtKinks_isInconclusiveAndFailsWhereStrict() throws Exception {
        Shell shell = new Shell(folder)
                .file("gates.yaml", Samples.GATES.replace("activation: tanh", "activation: relu, weights: zeros"));
        String out = shell.done("gradcheck", "/demo/gates.yaml", "--junit", "/demo/j.xml")
                .out();
        assertTrue(out.startsWith("gradient check inconclusive"), out);
        assertTrue(out.contains("too few compared"), out);
        assertEquals(
                ExitCode.CHECK,
                shell.execute("gradcheck", "/demo/gates.yaml", "--strict").code());
        Element suite = xml(shell, "j.xml");
        assertEquals(
                Integer.parseInt(suite.getAttribute("skipped")),
                elements(suite, "skipped").size());
        assertTrue(elements(suite, "skipped").size() >= 2, out);
    }

    @Test
    void budget_thatIsOver_leavesTheRestOutAndCountsIt() {
        String out = gates().done("gradcheck", "/demo/gates.yaml", "--budget", "1e-9")
                .out();
        assertTrue(out.contains("entries were skipped: the time limit was reached"), out);
        assertTrue(out.startsWith("gradient check inconclusive"), out);
        assertEquals(
                """
                error: --budget is 0.0
                   A number above 0 is required.

                1 error
                """,
                gates().execute("gradcheck", "/demo/gates.yaml", "--budget", "0")
                        .failed(ExitCode.INPUT));
    }

    @Test
    void samples_few_areAllThatIsCompared() {
        String out =
                gates().done("gradcheck", "/demo/gates.yaml", "--samples", "3").out();
        List<String> compared = out.lines()
                .skip(2)
                .filter(line -> !line.contains("fused"))
                .map(line -> line.trim().split(" +")[3])
                .toList();
        assertEquals(7, compared.size(), out);
        assertTrue(compared.stream().allMatch(count -> Integer.parseInt(count) <= 3), out);
    }

    @Test
    void curve_isASvgWithALineForEachQuantity() throws Exception {
        Shell shell = gates();
        shell.done("gradcheck", "/demo/gates.yaml", "--curve", "/demo/c.svg");
        Element svg = xml(shell, "c.svg");
        assertEquals("svg", svg.getTagName());
        assertEquals(7, elements(svg, "polyline").size());
        List<String> texts =
                elements(svg, "text").stream().map(Element::getTextContent).toList();
        assertTrue(texts.contains("BP4 dense_1.weights"), texts.toString());
        assertTrue(texts.contains("gates: error of central differences by step size"), texts.toString());
        // A valley: rounding grows with 1/h in every curve; what is cut off falls with h², but where a curve has no
        // third derivative.
        int falling = 0;
        for (Element line : elements(svg, "polyline")) {
            List<Double> heights = new ArrayList<>();
            for (String point : line.getAttribute("points").trim().split(" ")) {
                heights.add(Double.parseDouble(point.substring(point.indexOf(',') + 1)));
            }
            double lowest = heights.stream().max(Double::compare).orElseThrow();
            double highest = heights.stream()
                    .skip(heights.size() - 10)
                    .min(Double::compare)
                    .orElseThrow();
            assertTrue(lowest > highest + TWO_POWERS, heights.toString()); // now and then a difference is exact
            falling += lowest > heights.get(0) + TWO_POWERS ? 1 : 0;
        }
        assertTrue(falling >= 5, falling + " fall");
    }

    private static Element xml(Shell shell, String file) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(shell.bytes(file)))
                .getDocumentElement();
    }

    private static List<Element> elements(Element within, String name) {
        NodeList found = within.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }
}
