package dev.chainrule.app.command.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Photographs of digits, dark ink on paper in a shadow, are recognised by models of small images, bright on black. */
final class PhotographedDigitsTests {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int PAPER = 0xece6d6;
    private static final int INK = 0x282c46;

    /** The lines of each digit in a grid of 8 x 12: the corners of a line are pairs of numbers. */
    private static final String[] DIGITS = {
        "3 0 1 1 0 4 0 8 1 11 3 12 5 12 7 11 8 8 8 4 7 1 5 0 3 0",
        "5 0 3 12",
        "0 3 1 1 3 0 5 0 7 1 7 4 5 7 0 12 8 12",
        "1 1 3 0 6 0 7 2 6 5 3 6 6 6 8 8 7 11 4 12 1 11",
        "3 0 1 7 8 7, 6 3 5 12",
        "7 0 2 0 1 5 4 4 7 6 7 10 4 12 1 11",
        "5 0 2 3 1 7 1 10 3 12 6 12 7 9 6 7 3 7 1 9",
        "0 0 7 0 5 4 3 8 2 12",
        "4 0 2 1 2 4 4 6 6 4 6 1 4 0, 4 6 1 8 1 11 4 12 7 11 7 8 4 6",
        "7 2 5 0 2 1 1 4 3 6 6 5 7 2 6 7 5 12"
    };

    private static final String CONFIG = """
            seed: 1
            data:
              train: SOURCE
              transforms: [ { type: scale, by: 1/255 } ]
              batch_size: 32
            model:
              - { type: dense, units: 64, activation: relu, weights: he_normal }
              - { type: dense, units: 10, activation: softmax }
            loss: cross_entropy
            optimizer: { type: adam, learning_rate: { type: cosine, from: 0.003 } }
            training: { epochs: 4 }
            """;

    @TempDir
    private static Path folder;

    private static Shell shell;

    @BeforeAll
    static void drawPhotographs() {
        shell = new Shell(folder);
        for (int digit = 0; digit < DIGITS.length; digit++) {
            shell.file("photos/" + digit + ".png", Samples.file("png", photograph(digit)));
        }
    }

    @Test
    void predict_photographsOfDigits_cutsOutTheDrawings() {
        requireAllRight("digits", "{ type: digits, count: 2000 }");
        String told = shell.execute("predict", "/demo/digits", "--input", "/demo/photos/2.png", "--fit", "drawing")
                .err();
        assertTrue(
                told.matches("warning: 2.png: the picture has 640 x 480 pixels: the drawing of 18\\d x 26\\d, darker "
                        + "than its paper, was scaled to 14 x 20 and centred, bright on black, in 28 x 28 "
                        + "\\(fit: drawing\\)\n"
                        + "warning: 2.png: its colours were converted to grey, as the training images are\n"),
                told);
        String refused = shell.execute("predict", "/demo/digits", "--input", "/demo/photos/2.png")
                .err();
        assertTrue(refused.contains("predict --fit drawing cuts out a drawing on paper, such as a digit,"), refused);
    }

    @Test
    @Tag("proof")
    @EnabledIfEnvironmentVariable(named = "MNIST_DIR", matches = ".+")
    void predict_photographsOfDigits_areThoseOfMnist() {
        shell.with("MNIST_DIR", System.getenv("MNIST_DIR"));
        requireAllRight("mnist", "{ type: mnist, split: train, fallback: none }");
    }

    private static void requireAllRight(String name, String source) {
        shell.file(name + ".yaml", CONFIG.replace("SOURCE", source));
        shell.done("/demo/" + name + ".yaml", "--run-dir", "/demo/" + name, "--quiet");
        List<String> expected = new ArrayList<>();
        for (int digit = 0; digit < DIGITS.length; digit++) {
            expected.add(digit + "," + digit + ".png," + digit);
        }
        String answers = shell.execute("predict", "/demo/" + name, "--input", "/demo/photos", "--fit", "drawing")
                .out();
        assertEquals(
                expected,
                answers.lines()
                        .skip(1)
                        .map(line -> String.join(",", List.of(line.split(",")).subList(0, 3)))
                        .toList());
    }

    /** Draw a digit a little beside the middle, and darken the picture towards its lower right corner. */
    private static BufferedImage photograph(int digit) {
        BufferedImage photo = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = photo.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setColor(new Color(PAPER));
        pen.fillRect(0, 0, WIDTH, HEIGHT);
        pen.setColor(new Color(INK));
        pen.setStroke(new BasicStroke(26, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (String line : DIGITS[digit].split(", ")) {
            String[] numbers = line.split(" ");
            Path2D path = new Path2D.Double();
            for (int i = 0; i < numbers.length; i += 2) {
                double x = 250 + 20 * Integer.parseInt(numbers[i]);
                double y = 110 + 20 * Integer.parseInt(numbers[i + 1]);
                if (i == 0) {
                    path.moveTo(x, y);
                } else {
                    path.lineTo(x, y);
                }
            }
            pen.draw(path);
        }
        pen.dispose();
        Random grain = new Random(digit);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            int x = i % WIDTH;
            int y = i / WIDTH;
            double light = 1 - 0.22 * x / WIDTH - 0.1 * y / HEIGHT;
            double noise = 6 * grain.nextGaussian();
            int rgb = 0;
            for (int shift = 16; shift >= 0; shift -= 8) {
                double level = light * (photo.getRGB(x, y) >> shift & 0xff) + noise;
                rgb = rgb << 8 | (int) Math.max(0, Math.min(255, level));
            }
            photo.setRGB(x, y, rgb);
        }
        return photo;
    }
}
