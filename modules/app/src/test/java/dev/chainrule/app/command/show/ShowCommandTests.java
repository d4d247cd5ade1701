package dev.chainrule.app.command.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Shell;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test the command that shows examples as the network sees them. */
final class ShowCommandTests {
    private static final String DIGITS = """
            name: seen
            data:
              train: { type: SOURCE, count: 30 }
              transforms: [ { type: scale, by: 1/255 } ]
              augmentation: [ AUGMENTATION ]
              batch_size: 4
            model: [ { type: dense, units: UNITS, activation: softmax } ]
            loss: cross_entropy
            optimizer: { type: sgd, learning_rate: 0.1 }
            """;

    @TempDir
    private Path folder;

    private Shell shell(String source, String units, String augmentation) {
        return new Shell(folder)
                .file(
                        "seen.yaml",
                        DIGITS.replace("SOURCE", source).replace("UNITS", units).replace("AUGMENTATION", augmentation));
    }

    @Test
    void show_images_drawsThemAndPrintsTheirClasses() throws IOException {
        Shell shell = shell("digits", "10", "");
        List<String> lines = shell.done("show", "/demo/seen.yaml", "--examples", "5", "--output", "/demo/sheet.png")
                .out()
                .lines()
                .toList();
        assertEquals(7, lines.size(), lines::toString);
        assertTrue(lines.get(0).matches(" +example +target"), lines.get(0));
        assertTrue(lines.get(1).matches("1 +[0-9]+ +[0-9]"), lines.get(1));
        assertEquals(
                "/demo/sheet.png: 5 examples, row by row, up to 3 in each; black is 0, white is 1.000", lines.get(6));
        BufferedImage sheet = ImageIO.read(shell.at("sheet.png").toFile());
        assertEquals(3 * (3 * 28 + 4) + 4, sheet.getWidth());
        assertEquals(2 * (3 * 28 + 4) + 4, sheet.getHeight());
        assertEquals(0xff808080, sheet.getRGB(0, 0), "between images");
        assertTrue((sheet.getRGB(4, 4) & 0xff) < 0x20, "the corner of a digit is dark");
        assertEquals(0xff808080, sheet.getRGB(4 + 2 * 88, 4 + 88), "there is no sixth");
    }

    @Test
    void show_augmentation_isThatOfTheFirstEpoch() throws IOException {
        shell("digits", "10", "").done("show", "/demo/seen.yaml", "--output", "/demo/plain.png");
        Shell shell = shell("digits", "10", "{ type: shift, by: 9 }, mixup, expand");
        String out = shell.done("show", "/demo/seen.yaml", "--output", "/demo/one.png")
                .out();
        assertTrue(out.matches("(?s).*[0-9] [0-9]+ %, [0-9] [0-9]+ %.*"), out);
        shell.done("show", "/demo/seen.yaml", "--output", "/demo/two.png", "--threads", "3");
        assertEquals(-1, Files.mismatch(shell.at("one.png"), shell.at("two.png")));
        assertTrue(Files.mismatch(shell.at("one.png"), shell.at("plain.png")) >= 0);
    }

    @Test
    void show_namedInputs_areSideBySide() throws IOException {
        Shell shell = shell("digit_pairs", "2", "");
        shell.done("show", "/demo/seen.yaml", "--examples", "1", "--output", "/demo/pair.png");
        assertEquals(2 * 3 * 28 + 8, ImageIO.read(shell.at("pair.png").toFile()).getWidth());
    }

    @Test
    void show_table_printsItsNumbers() {
        Shell shell = new Shell(folder)
                .file("t.csv", "a,b,kind\n1,10,x\n2,20,y\n3,30,x\n")
                .file(
                        "t.yaml",
                        DIGITS.replace("type: SOURCE, count: 30", "type: csv, file: t.csv, target: kind")
                                .replace("UNITS", "2")
                                .replace("1/255", "10")
                                .replace("  augmentation: [ AUGMENTATION ]", "  shuffle: false"));
        Shell.Result result = shell.execute("show", "/demo/t.yaml", "--output", "/demo/t.png");
        assertEquals(ExitCode.DONE, result.code(), result.err());
        assertEquals(
                List.of(
                        "   example  target  inputs [features 2]",
                        "1        1  x       10, 100",
                        "2        2  y       20, 200",
                        "3        3  x       30, 300"),
                result.out().lines().toList());
        assertTrue(result.err().contains("wrote no /demo/t.png: the examples are not images"), result.err());
        assertFalse(Files.exists(shell.at("t.png")));
    }

    @Test
    void show_noExamples_isRefused() {
        String err = shell("digits", "10", "")
                .execute("show", "/demo/seen.yaml", "--examples", "0")
                .failed(ExitCode.INPUT);
        assertEquals("error: --examples is 0\n   A number from 1 to 10000 is required.\n\n1 error\n", err);
    }
}
