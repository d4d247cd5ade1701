package dev.chainrule.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.PreparedFolder;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.files.JsonReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** The pages of real runs: every number in them is a recorded one or one counted again. */
final class RunReportTests {
    private static final String TEST_TABLE = """
            height;site;kind
            1.3;bog;moss
            48;rock;fern
            20;bog;moss
            2.2;rock;moss
            30;bog;fern
            1.9;rock;fern
            """;

    @TempDir
    private static Path folder;

    private static PreparedFolder prepared;

    private Shell shell;

    @BeforeAll
    static void train() {
        Shell shell = new Shell(folder)
                .file("plants.csv", Samples.PLANTS_TABLE)
                .file("test.csv", TEST_TABLE)
                .file(
                        "plants.yaml",
                        Samples.PLANTS.replace(
                                        "test: { fraction: 0.25 }",
                                        "test: { type: csv, file: test.csv, delimiter: ';', target: kind }")
                                + "hooks: [ { type: gradient_check, at: start } ]\n"
                                + "expect: { test.accuracy: { min: 0.1 }, test.loss: { max: 0.0001 } }\n");
        shell.execute("/demo/plants.yaml", "--run-dir", "/demo/plants", "--quiet")
                .failed(ExitCode.EXPECTATION);
        prepared = new PreparedFolder(folder);
    }

    @BeforeEach
    void putBack() {
        shell = prepared.putBack();
    }

    private ReportPage report(String run) {
        shell.done("report", "/demo/" + run);
        ReportPage page = new ReportPage(shell.text(run + "/report.html"));
        page.requireOwnMarkup();
        return page;
    }

    private List<Map<String, Double>> recorded(String run) {
        List<Map<String, Double>> lines = new ArrayList<>();
        shell.text(run + "/metrics.jsonl").lines().forEach(line -> {
            Map<String, Double> values = new LinkedHashMap<>();
            ((Map<?, ?>) JsonReader.read(line))
                    .forEach((name, value) -> values.put((String) name, ((Number) value).doubleValue()));
            lines.add(values);
        });
        return lines;
    }

    @Test
    void report_curves_haveTheNumbersOfTheRecord() {
        Map<String, Map<Double, Double>> lines = report("plants").lines();
        List<Map<String, Double>> recorded = recorded("plants");
        int checked = 0;
        for (Map<String, Double> line : recorded.subList(0, 40)) {
            for (String name : List.of("train.loss", "train.accuracy", "validation.loss", "validation.accuracy")) {
                assertEquals(line.get(name), lines.get(name).get(line.get("epoch") + 1));
                checked++;
            }
        }
        assertEquals(160, checked);
        assertEquals(120, lines.get("gradient_norm").size());
        assertEquals(Map.of(0.1, 120L), countOf(lines.get("learning_rate")));
    }

    private static Map<Double, Long> countOf(Map<Double, Double> values) {
        Map<Double, Long> counts = new TreeMap<>();
        values.values().forEach(value -> counts.merge(value, 1L, Long::sum));
        return counts;
    }

    @Test
    void report_metrics_areThoseOfTheRecord() {
        ReportPage page = report("plants");
        Map<String, Double> metrics = new TreeMap<>();
        page.elements("data").stream()
                .filter(data -> data.hasAttribute("data-metric"))
                .forEach(data ->
                        metrics.put(data.getAttribute("data-metric"), Double.valueOf(data.getAttribute("value"))));
        Map<String, Double> expected = new TreeMap<>();
        ((Map<?, ?>) ((Map<?, ?>) shell.json("plants/run.json").get("result")).get("metrics"))
                .forEach((name, value) -> expected.put((String) name, ((Number) value).doubleValue()));
        assertEquals(6, expected.size());
        assertEquals(expected, metrics);
        String result = page.section("result").getTextContent();
        assertTrue(result.contains("met test.accuracy at least 0.1"), result);
        assertTrue(result.contains("missed test.loss at most 0.0001 ("), result);
    }

    @Test
    void report_confusion_isThatOfPredictions() {
        ReportPage page = report("plants");
        String predictions = shell.done("predict", "/demo/plants", "--input", "/demo/test.csv")
                .out();
        List<String> classes = List.of("fern", "moss");
        int[][] counted = new int[2][2];
        List<String> predicted =
                predictions.lines().skip(1).map(line -> line.split(",")[1]).toList();
        List<String> truth =
                TEST_TABLE.lines().skip(1).map(line -> line.split(";")[2]).toList();
        for (int i = 0; i < truth.size(); i++) {
            counted[classes.indexOf(truth.get(i))][classes.indexOf(predicted.get(i))]++;
        }
        List<Integer> shown = cells(page.section("predictions-on-test"), "confusion");
        assertEquals(Arrays.stream(counted).flatMapToInt(Arrays::stream).boxed().toList(), shown);
        String text = page.section("predictions-on-test").getTextContent();
        assertTrue(text.contains("test.csv:7") && text.contains("Worst predictions"), text);
    }

    private static List<Integer> cells(Element section, String type) {
        List<Integer> cells = new ArrayList<>();
        for (int i = 0; i < section.getElementsByTagName("div").getLength(); i++) {
            Element div = (Element) section.getElementsByTagName("div").item(i);
            for (int k = 0;
                    div.getAttribute("class").equals(type)
                            && k < div.getElementsByTagName("data").getLength();
                    k++) {
                Element data = (Element) div.getElementsByTagName("data").item(k);
                cells.add(Integer.valueOf(data.getAttribute("value")));
            }
        }
        return cells;
    }

    @Test
    void report_ofAClassifier_showsAllParts() {
        ReportPage page = report("plants");
        String network = page.section("network").getTextContent();
        assertTrue(network.contains("dense_1") && network.contains("[3]") && network.contains("8"), network);
        String config = page.section("config").getTextContent();
        assertTrue(config.contains("data.batch_size") && config.contains("plants.yaml:"), config);
        assertTrue(page.section("gradient-check").getTextContent().contains("passed"), "gradient check");
        String provenance = page.section("provenance").getTextContent();
        String digest = (String) ((Map<?, ?>) shell.json("plants/run.json").get("seal")).get("digest");
        assertTrue(provenance.contains("java -jar pipeline.jar verify") && provenance.contains(digest), provenance);
        String balance = page.section("data").getTextContent();
        assertTrue(balance.contains("moss") && balance.contains("50.0 %"), balance);
    }

    @Test
    void report_inTheRun_isNotPartOfIt() {
        shell.done("report", "/demo/plants");
        assertTrue(shell.names("plants").contains("report.html"), shell.names("plants")::toString);
        assertTrue(shell.done("verify", "/demo/plants").out().endsWith("PASS\n"));
        shell.file("plants/report.html", "edited");
        shell.done("report", "/demo/plants");
        assertFalse(shell.text("plants/report.html").startsWith("edited"));
    }

    @Test
    void report_dataGone_saysSoAndShowsTheRest() {
        shell.delete("test.csv");
        ReportPage page = report("plants");
        String result = page.section("result").getTextContent();
        assertTrue(result.contains("The model's predictions cannot be shown: "), result);
        assertEquals(40, page.lines().get("train.loss").size());
        assertTrue(page.elements("section").stream()
                .noneMatch(section -> section.getAttribute("id").startsWith("predictions")));
    }

    @Test
    void report_ofNumbers_drawsEachExample() {
        shell.file("line.csv", "x,y\n" + line(30));
        shell.file("line.yaml", Samples.LINE.replace("t.csv", "line.csv"));
        shell.done("/demo/line.yaml", "--run-dir", "/demo/line", "--quiet");
        ReportPage page = report("line");
        String dots = page.elements("path").stream()
                .filter(path -> path.getAttribute("class").startsWith("dots"))
                .map(path -> path.getAttribute("d"))
                .findFirst()
                .orElseThrow();
        assertEquals(6, dots.chars().filter(c -> c == 'M').count());
        String answers = page.section("predictions-on-test").getTextContent();
        assertTrue(answers.contains("predicted against true") && answers.contains("line.csv:"), answers);
    }

    private static String line(int rows) {
        StringBuilder table = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            table.append(i).append(',').append(3 * i + 1).append('\n');
        }
        return table.toString();
    }

    @Test
    void report_ofPictures_drawsThem() throws IOException {
        Samples.write(shell);
        shell.done("/demo/images.yaml", "--run-dir", "/demo/images", "--quiet");
        ReportPage page = report("images");
        List<Element> pictures = page.elements("img");
        assertEquals(18, pictures.size());
        for (Element picture : pictures.subList(0, 16)) {
            byte[] file = Base64.getDecoder()
                    .decode(picture.getAttribute("src").substring("data:image/png;base64,".length()));
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
            boolean left = picture.getAttribute("alt").contains("true left");
            assertEquals(3, image.getWidth());
            assertEquals(left, image.getRaster().getSample(0, 1, 0) >= 200);
            assertEquals(!left, image.getRaster().getSample(2, 1, 0) >= 200);
            assertEquals(0, image.getRaster().getSample(1, 1, 0));
        }
    }

    @Test
    void report_ofTwoClasses_drawsTheCurvesOfItsThresholds() {
        String predictions = report("plants").section("predictions-on-test").getTextContent();
        assertTrue(predictions.contains("ROC") && predictions.contains("calibration: share of moss"), predictions);
    }

    @Test
    void report_ofADivergedRun_showsTheReason() {
        Samples.write(shell);
        shell.execute(
                        "/demo/gates.yaml",
                        "--run-dir",
                        "/demo/gates",
                        "--quiet",
                        "--set",
                        "loss=quadratic",
                        "--set",
                        "model[1].activation=identity",
                        "--set",
                        "optimizer.learning_rate=1e30")
                .failed(ExitCode.FAILED);
        ReportPage page = report("gates");
        assertTrue(page.texts("h1").get(0).contains("failed"), page.texts("h1")::toString);
        assertTrue(page.section("result").getTextContent().contains("Ended early after step"));
        assertTrue(page.section("network").getTextContent().contains("dense_2"));
    }

    @Test
    void report_severalRuns_comparesThem() {
        shell.execute("/demo/plants.yaml", "--run-dir", "/demo/b", "--quiet", "--set", "optimizer.learning_rate=0.2");
        shell.done("report", "/demo/plants", "/demo/b", "--output", "/demo/c.html");
        ReportPage page = new ReportPage(shell.text("c.html"));
        page.requireOwnMarkup();
        String configs = page.section("configs").getTextContent();
        assertTrue(configs.contains("optimizer.learning_rate.value") && configs.contains("0.2"), configs);
        assertEquals(
                2,
                page.elements("path").stream()
                        .filter(path -> path.getAttribute("data-name").equals("train.loss"))
                        .count());
        assertEquals(
                1,
                page.elements("td").stream()
                        .filter(cell -> cell.getAttribute("class").endsWith("differs"))
                        .count());
    }

    @Test
    void report_packedRun_isWrittenBesideIt() {
        shell.done("archive", "/demo/plants", "--output", "/demo/p.zip");
        shell.done("report", "/demo/p.zip");
        assertEquals(
                40,
                new ReportPage(shell.text("p.html")).lines().get("train.loss").size());
    }

    @Test
    void report_editedRecord_isRefused() {
        shell.edit("plants/run.json", "\"seed\": 0", "\"seed\": 1").file("plants/report.html", "before");
        assertTrue(shell.execute("report", "/demo/plants")
                .failed(ExitCode.INPUT)
                .contains("was modified after it was written"));
        assertEquals("before", shell.text("plants/report.html"));
    }

    @Test
    void report_secret_isNotShown() {
        shell.with("WORD", "abracadabra").edit("plants.yaml", "name: plants", "name: plants\nseed: 4");
        shell.edit("plants.yaml", "file: plants.csv", "file: '${secret:WORD}.csv'")
                .move("plants.csv", "abracadabra.csv");
        shell.execute("/demo/plants.yaml", "--run-dir", "/demo/s", "--quiet");
        shell.done("report", "/demo/s");
        String page = shell.text("s/report.html");
        assertFalse(page.contains("abracadabra"), "a secret");
        assertTrue(page.contains("${secret:WORD}"), "its reference");
    }
}
