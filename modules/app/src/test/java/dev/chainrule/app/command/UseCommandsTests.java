package dev.chainrule.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.math.Numbers;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test the commands that use a run's model: evaluate, predict. */
final class UseCommandsTests {
    @TempDir
    private static Path folder;

    private static Shell shell;

    @BeforeAll
    static void trainRuns() {
        shell = new Shell(folder);
        Samples.write(shell);
        for (String name : List.of("plants", "images", "gates")) {
            shell.done("/demo/" + name + ".yaml", "--run-dir", "/demo/" + name, "--quiet");
        }
    }

    @Test
    void evaluate_test_measuresWhatTheRunMeasured() {
        String out = shell.done("evaluate", "/demo/plants").out();
        assertTrue(out.startsWith("/demo/plants: 4 examples from CSV plants.csv\n"), out);
        String trained =
                shell.text("plants/metrics.jsonl").lines().reduce((a, b) -> b).orElseThrow();
        String loss = trained.replaceAll(".*\"test.loss\":([0-9.]+).*", "$1");
        assertTrue(out.contains("\ntest.loss " + Numbers.rounded(Double.parseDouble(loss)) + "\n"), out + trained);
        assertTrue(out.endsWith("\ntest.accuracy 1.000\n"), out);
    }

    @Test
    void evaluate_otherParts_measuresThem() {
        assertTrue(
                shell.done("evaluate", "/demo/plants", "--data", "train").out().contains(": 8 examples from"));
        String out =
                shell.done("evaluate", "/demo/plants", "--data", "validation").out();
        assertTrue(out.contains(": 4 examples from"), out);
        assertTrue(out.contains("\nvalidation.accuracy "), out);
    }

    @Test
    void evaluate_yaml_measuresThatFile() {
        shell.file("more.csv", "kind,site,height\nfern,bog,50\nmoss,rock,2\nfern,rock,1\n");
        assertEquals(
                """
                /demo/plants: 3 examples from CSV /demo/more.csv
                        fern  moss
                  fern     1     1
                  moss     0     1
                                 precision  recall      f1  examples
                  fern               1.000  0.5000  0.6667         2
                  moss              0.5000   1.000  0.6667         1
                  macro mean        0.7500  0.7500  0.6667         3
                  weighted mean     0.8333  0.6667  0.6667         3
                """,
                shell.done("evaluate", "/demo/plants", "--data", "{type: csv, file: /demo/more.csv, target: kind}")
                        .out()
                        .replaceAll("(?s)data\\.loss.*", ""));
    }

    @Test
    void evaluate_values_hasNoConfusion() {
        String out = shell.done("evaluate", "/demo/gates", "--data", "train").out();
        assertTrue(out.matches("""
                        /demo/gates: 4 examples from rows in the config
                        train\\.loss [0-9.]+
                        train\\.mse [0-9.]+
                        train\\.mae [0-9.]+
                        """), out);
    }

    @Test
    void predict_csvWrittenAsTheTrainingTable_isReadLikeIt() {
        shell.file("new.csv", "site;height\nbog;1.3\nrock;51\n");
        List<String> lines = predicted("/demo/plants", "/demo/new.csv");
        assertEquals("example,class,fern,moss", lines.get(0));
        assertTrue(lines.get(1).matches("0,moss,0\\.[0-9]+,0\\.[0-9]+"), lines.get(1));
        assertTrue(lines.get(2).matches("1,fern,0\\.[0-9]+,0\\.[0-9]+"), lines.get(2));
        assertEquals(3, lines.size());
    }

    @Test
    void predict_csvWithTheTargetInIt_ignoresIt() {
        assertEquals(17, predicted("/demo/plants", "/demo/plants.csv").size());
    }

    @Test
    void predict_tabsAndOtherQuotesAndNoHeader_areThoseOfTheTrainingTable() {
        String config = Samples.PLANTS
                .replace(
                        "delimiter: ';', target: kind",
                        "delimiter: \"\\t\", quote: \"'\", header: false, target: column_3")
                .replace("plants.csv", "tabs.csv");
        String table = Samples.PLANTS_TABLE
                .replace("height;site;kind\n", "")
                .replace(";", "\t")
                .replace("bog", "'bog'");
        shell.file("tabs.yaml", config).file("tabs.csv", table).file("new.csv", "1.3\t'bog'\n51\trock\n");
        shell.done("/demo/tabs.yaml", "--run-dir", "/demo/tabs", "--quiet");
        List<String> lines = predicted("/demo/tabs", "/demo/new.csv");
        assertTrue(lines.get(1).startsWith("0,moss,"), lines.get(1));
        assertTrue(lines.get(2).startsWith("1,fern,"), lines.get(2));
    }

    @Test
    void predict_categoricalTarget_needsNoTargetColumn() {
        String config = Samples.PLANTS
                .replace("target: kind", "target: kind, categorical: [kind, site]")
                .replace("plants.csv", "codes.csv");
        String table = Samples.PLANTS_TABLE
                .replace("bog", "1")
                .replace("rock", "2")
                .replace("moss", "10")
                .replace("fern", "20");
        shell.file("codes.yaml", config).file("codes.csv", table).file("new.csv", "height;site\n1.3;2\n51;1\n");
        shell.done("/demo/codes.yaml", "--run-dir", "/demo/codes", "--quiet");
        List<String> lines = predicted("/demo/codes", "/demo/new.csv");
        assertEquals("example,class,10,20", lines.get(0));
        assertTrue(lines.get(1).startsWith("0,10,"), lines.get(1));
        assertTrue(lines.get(2).startsWith("1,20,"), lines.get(2));
    }

    @Test
    void predict_pictures_seesTheBrightColumn() {
        shell.file("left.png", Samples.png(3, 3, 0)).file("right.PNG", Samples.png(3, 3, 2));
        assertTrue(predicted("/demo/images", "/demo/left.png").get(1).startsWith("0,left,0."));
        assertTrue(predicted("/demo/images", "/demo/right.PNG").get(1).startsWith("0,right,"));
    }

    @Test
    void predict_show_drawsThePictureBeforeThePrediction() {
        shell.file("left.png", Samples.png(3, 3, 0));
        String out = shell.done("predict", "/demo/images", "--input", "/demo/left.png", "--show")
                .out();
        assertTrue(out.startsWith("example 0\n@@\n@@\n@@\nexample,class,"), out);
    }

    @Test
    void predict_showOfRows_isRefused() {
        shell.file("one.csv", "height;site\n1.3;bog\n");
        assertEquals(
                """
                error: --show draws pictures, but the run's inputs are not pictures
                   Omit --show.

                1 error
                """,
                shell.execute("predict", "/demo/plants", "--input", "/demo/one.csv", "--show")
                        .failed(ExitCode.INPUT));
    }

    /** A bright left column, stored on the right or as the upper row, with the orientation that turns it back. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8})
    void predict_turnedPicture_isSeenUpright(int orientation) {
        byte[] stored = orientation < 5 ? Samples.png(3, 3, 2) : Samples.brightRow(3, 3);
        shell.file("left.png", Samples.png(3, 3, 0)).file("turned.png", Samples.oriented(stored, orientation));
        assertEquals(predicted("/demo/images", "/demo/left.png"), predicted("/demo/images", "/demo/turned.png"));
    }

    @Test
    void predict_folderOfPictures_answersEachFileInOrder() {
        shell.file("shots/b.png", Samples.png(3, 3, 2))
                .file("shots/a.gif", Samples.picture("gif", 3, 3, 0))
                .file("shots/.hidden.png", Samples.png(3, 3, 0))
                .file("shots/cut, off.png", "a picture")
                .file("shots/large.png", Samples.png(6, 3, 0))
                .file("shots/notes.txt", "none")
                .file("shots/more/a.png", Samples.png(3, 3, 0))
                .file("left.png", Samples.png(3, 3, 0));
        Shell.Result result = shell.execute("predict", "/demo/images", "--input", "/demo/shots");
        assertEquals(ExitCode.INPUT, result.code());
        List<String> lines = result.out().lines().toList();
        String left = predicted("/demo/images", "/demo/left.png").get(1).substring(2);
        String gif = predicted("/demo/images", "/demo/shots/a.gif").get(1).substring(2);
        assertEquals("example,file,class,left,right,problem", lines.get(0));
        assertEquals("0,a.gif," + gif + ",", lines.get(1));
        assertTrue(lines.get(2).startsWith("1,b.png,right,"), lines.get(2));
        assertEquals("2,\"cut, off.png\",,,,not a picture: it begins with 61 20 70 69", lines.get(3));
        assertEquals(
                "3,large.png,,,,\"the picture has 6 x 3 pixels, but the training images have 3 x 3\"", lines.get(4));
        assertEquals("4,more/a.png," + left + ",", lines.get(5));
        assertEquals(6, lines.size());
        assertEquals("""
                warning: files that do not end like pictures are ignored: notes.txt
                warning: 2 rows could not be predicted; the column 'problem' gives the reasons
                """, result.err());
    }

    @Test
    void predict_photograph_saysAllThatWasDoneToIt() {
        BufferedImage photo = new BufferedImage(60, 30, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 60 * 30; i++) {
            photo.setRGB(i % 60, i / 60, i % 60 < 55 ? 0xf0e8d0 : 0x203040);
        }
        shell.file("photo.png", Samples.file("png", photo)).file("photos/1.png", Samples.file("png", photo));
        shell.file("photos/2.png", Samples.file("png", photo)).file("photos/3.png", Samples.png(3, 3, 0));
        Shell.Result result =
                shell.execute("predict", "/demo/images", "--input", "/demo/photo.png", "--fit", "contain");
        assertTrue(result.out().startsWith("example,class,left,right\n0,"), result.out());
        assertEquals("""
                warning: photo.png: the picture has 60 x 30 pixels: it was scaled to 3 x 2, with black above and below \
                up to 3 x 3 (fit: contain)
                warning: photo.png: its colours were converted to grey, as the training images are
                warning: photo.png: its edge is bright, 137 of 255 on average; if the training images are bright on black, \
                as MNIST's are, use --invert, or --fit drawing for ink on paper
                """, result.err());
        result = shell.execute("predict", "/demo/images", "--input", "/demo/photos", "--fit", "cover", "--invert");
        assertTrue(result.out().startsWith("example,file,class,left,right\n0,1.png,"), result.out());
        assertEquals("""
                warning: 1.png: the picture has 60 x 30 pixels: the 30 x 30 in the middle were scaled to 3 x 3, \
                the rest was cut off (fit: cover); its colours were converted to grey, as the training images are; \
                and 1 more
                """, result.err());
        result = shell.execute("predict", "/demo/images", "--input", "/demo/photos", "--fit", "stretch");
        assertTrue(result.err().contains("\nwarning: 1.png: its edge is bright, "), result.err());
        assertTrue(
                result.err().endsWith(" use --invert, or --fit drawing for ink on paper; and 1 more\n"), result.err());
    }

    @Test
    void predict_inverted_exchangesDarkAndBright() {
        shell.file("left.png", Samples.png(3, 3, 0));
        String plain = predicted("/demo/images", "/demo/left.png").get(1);
        String inverted = shell.done("predict", "/demo/images", "--input", "/demo/left.png", "--invert")
                .out();
        assertTrue(!inverted.contains(plain), inverted);
    }

    @Test
    void predict_idx_takesAllImages() {
        List<String> lines = predicted("/demo/images", "/demo/images.gz");
        assertEquals(9, lines.size());
        for (int i = 0; i < 8; i++) {
            assertTrue(lines.get(i + 1).startsWith(i + "," + (i % 2 == 0 ? "left" : "right") + ","), lines.get(i + 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"new.tsv", "new.data", "new.txt", "new", "new.idx", "new.csv"})
    void predict_tableOfAnyName_isReadAsTheTrainingTable(String name) {
        shell.file(name, "height;site\n1.3;bog\n51;rock\n");
        List<String> lines = predicted("/demo/plants", "/demo/" + name);
        assertTrue(lines.get(1).startsWith("0,moss,"), lines.get(1));
        assertTrue(lines.get(2).startsWith("1,fern,"), lines.get(2));
        shell.file(name + ".gz", Samples.gzip(shell.bytes(name)));
        assertEquals(lines, predicted("/demo/plants", "/demo/" + name + ".gz"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "gif", "dat"})
    void predict_pictureOfAnyName_isReadByItsContent(String ending) {
        for (String format : List.of("png", "bmp", "gif")) {
            shell.file("left." + ending, Samples.picture(format, 3, 3, 0));
            assertTrue(predicted("/demo/images", "/demo/left." + ending).get(1).startsWith("0,left,0."));
        }
    }

    @Test
    void predict_pipe_isReadLikeAFile() throws IOException, InterruptedException {
        shell.file("left.png", Samples.png(3, 3, 0));
        shell.file("new.csv", "height;site\n1.3;bog\n51;rock\n");
        assertEquals(predicted("/demo/images", "/demo/left.png"), throughPipe("/demo/images", "left.png"));
        assertEquals(predicted("/demo/images", "/demo/images.gz"), throughPipe("/demo/images", "images.gz"));
        assertEquals(predicted("/demo/plants", "/demo/new.csv"), throughPipe("/demo/plants", "new.csv"));
    }

    @Test
    void predict_standardInput_isReadLikeAFile() {
        shell.file("new.csv", "height;site\n1.3;bog\n51;rock\n");
        List<String> expected = predicted("/demo/plants", "/demo/new.csv");
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(shell.bytes("new.csv")));
            assertEquals(expected, predicted("/demo/plants", "-"));
            System.setIn(new ByteArrayInputStream("height\n1\n".getBytes(StandardCharsets.UTF_8)));
            String refused =
                    shell.execute("predict", "/demo/plants", "--input", "-").failed(ExitCode.INPUT);
            assertTrue(refused.startsWith("standard input:"), refused);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void predict_formOfTheTrainingTable_isThatOfTheInput() {
        String config = Samples.PLANTS
                .replace(
                        "target: kind",
                        "target: kind, decimal: ',', comment: '#', skip: 1, missing: drop, "
                                + "missing_values_of: { kind: [unknown], height: [void] }")
                .replace("plants.csv", "form.csv");
        String table = "a title\n# a remark\n" + Samples.PLANTS_TABLE.replace(".", ",");

        shell.file("form.yaml", config).file("form.csv", table);
        shell.file("new.txt", "a title\nheight;site\n# another\n1,3;bog\n51,5;rock\nvoid;bog\n");
        shell.done("/demo/form.yaml", "--run-dir", "/demo/form", "--quiet");
        Shell.Result result = shell.execute("predict", "/demo/form", "--input", "/demo/new.txt");
        List<String> lines = result.out().lines().toList();
        assertEquals(4, lines.size(), result.err());
        assertTrue(lines.get(1).startsWith("0,moss,"), lines.get(1));
        assertTrue(lines.get(2).startsWith("1,fern,"), lines.get(2));
        assertTrue(lines.get(3).contains("column 'height' has 'void', which is not a value"), lines.get(3));
    }

    @Test
    void predict_modelOfTransposedImages_turnsIdxAndNoPicture() {
        String config = Samples.IMAGES.replace("labels: labels.gz", "labels: labels.gz, transpose: true");
        shell.file("sideways.yaml", config);
        shell.done("/demo/sideways.yaml", "--run-dir", "/demo/sideways", "--quiet");
        List<String> lines = predicted("/demo/sideways", "/demo/images.gz");
        assertTrue(lines.get(1).startsWith("0,left,"), lines.get(1));
        assertTrue(lines.get(2).startsWith("1,right,"), lines.get(2));
        // The file's left column is the upper row of the images that the model has seen.
        shell.file("upper.png", Samples.brightRow(3, 3)).file("left.png", Samples.png(3, 3, 0));
        assertEquals(
                lines.get(1).substring(0, 9),
                predicted("/demo/sideways", "/demo/upper.png").get(1).substring(0, 9));
        assertNotEquals(predicted("/demo/sideways", "/demo/upper.png"), predicted("/demo/sideways", "/demo/left.png"));
    }

    @Test
    void predict_inputOfTheWrongKind_isRefused() {
        shell.file("new.csv", "height;site\n1.3;bog\n").file("page", "<html>").file("left.png", Samples.png(3, 3, 0));
        assertTrue(refused("/demo/plants", "/demo/new.csv", "--invert").contains("--invert applies to pictures"));
        assertTrue(refused("/demo/images", "/demo/images.gz", "--invert").contains("the input is an IDX file"));
        assertTrue(refused("/demo/images", "/demo/page").contains("this is an HTML page"));
        assertTrue(refused("/demo/plants", "/demo/images.gz").contains("an input is [height 3, width 3, channels 1]"));
        assertTrue(refused("/demo/plants", "/demo/left.png").contains("a picture is a grey or colour image"));
    }

    private static String refused(String run, String input, String... more) {
        List<String> args = new ArrayList<>(List.of("predict", run, "--input", input));
        args.addAll(List.of(more));
        return shell.execute(args.toArray(String[]::new)).failed(ExitCode.INPUT);
    }

    private static List<String> throughPipe(String run, String file) throws IOException, InterruptedException {
        Path pipe = shell.at("pipe");
        Files.deleteIfExists(pipe);
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Process writer = new ProcessBuilder(
                        "sh", "-c", "cat \"$0\" > \"$1\"", shell.at(file).toString(), pipe.toString())
                .start();
        List<String> lines = predicted(run, "/demo/pipe");
        assertEquals(0, writer.waitFor());
        Files.delete(pipe);
        return lines;
    }

    @Test
    void predict_values_namesThem() {
        shell.file("new.csv", "a,b\n0,1\n");
        List<String> lines = predicted("/demo/gates", "/demo/new.csv");
        assertEquals("example,value_1", lines.get(0));
        assertTrue(lines.get(1).matches("0,0\\.[0-9]+"), lines.get(1));
    }

    @Test
    void predict_output_isWhatWouldBePrinted() {
        String printed = shell.done("predict", "/demo/plants", "--input", "/demo/plants.csv")
                .out();
        shell.file("out.csv", "an older file");
        Shell.Result result =
                shell.done("predict", "/demo/plants", "--input", "/demo/plants.csv", "--output", "/demo/out.csv");
        assertEquals("16 predictions in /demo/out.csv\n", result.out());
        assertEquals(printed, shell.text("out.csv"));
    }

    @Test
    void predict_rowsThatCannotBe_areMarkedAndTheOthersPredicted() {
        shell.file("gaps.csv", "height;site\n1;bog\n;bog\n2;moon\n3;rock\nx;moon\n");
        Shell.Result result = shell.execute("predict", "/demo/plants", "--input", "/demo/gaps.csv");
        assertEquals(ExitCode.INPUT, result.code());
        List<String> lines = result.out().lines().toList();
        assertEquals(6, lines.size());
        assertTrue(lines.get(0).startsWith("example,class,") && lines.get(0).endsWith(",problem"), lines.get(0));
        assertTrue(lines.get(1).startsWith("0,") && lines.get(1).endsWith(","), lines.get(1));
        assertTrue(lines.get(2).endsWith(",column 'height' has no value"), lines.get(2));
        assertTrue(lines.get(3).endsWith(",\"column 'site' has 'moon', which no training example has\""), lines.get(3));
        assertTrue(lines.get(4).startsWith("3,") && lines.get(4).endsWith(","), lines.get(4));
        assertTrue(lines.get(5).contains("not a number; column 'site' has 'moon'"), lines.get(5));
        assertEquals("warning: 3 rows could not be predicted; the column 'problem' gives the reasons\n", result.err());
        String refused = shell.execute("predict", "/demo/plants", "--input", "/demo/gaps.csv", "--strict")
                .failed(ExitCode.INPUT);
        assertTrue(refused.contains("row 2 cannot be predicted: column 'height' has no value"), refused);
    }

    @Test
    void predict_threads_giveTheSameBits() {
        String one = shell.done("predict", "/demo/plants", "--input", "/demo/plants.csv", "--threads", "1")
                .out();
        assertEquals(
                one,
                shell.done("predict", "/demo/plants", "--input", "/demo/plants.csv", "--threads", "2")
                        .out());
    }

    private static List<String> predicted(String run, String input) {
        return shell.done("predict", run, "--input", input).out().lines().toList();
    }
}
