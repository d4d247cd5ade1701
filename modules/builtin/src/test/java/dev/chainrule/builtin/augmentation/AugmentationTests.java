package dev.chainrule.builtin.augmentation;

import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static dev.chainrule.model.testing.Matrices.of;
import static dev.chainrule.model.testing.Matrices.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.data.Augmentation;
import dev.chainrule.api.data.AugmentationSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AugmentationTests {
    private static final RandomStream STREAM = RandomStream.of(1, "test");
    private static final Encoding TABLE = encoding(Shape.of(4), List.of());

    private static Encoding encoding(Shape shape, List<Integer> positions) {
        return new Encoding(
                shape, List.of(), new Target(Target.Form.CLASS_INDEX, List.of("none", "disc", "square"), positions));
    }

    private static OneOrMore<Integer> pixels(Integer... numbers) {
        return new OneOrMore<>(List.of(numbers));
    }

    /** Return the images made of one image, for the draws of a number of examples. */
    private static List<double[]> changed(AugmentationSpec spec, Shape shape, int examples, double... image) {
        Augmentation augmentation = spec.create(encoding(shape, List.of()));
        Matrix x = of(FLOAT64, image);
        return IntStream.range(0, examples)
                .mapToObj(i -> {
                    Matrix out = FLOAT64.matrix(1, image.length);
                    augmentation.input(x, 0, out, STREAM.at(0, i));
                    return IntStream.range(0, image.length)
                            .mapToDouble(j -> out.get(0, j))
                            .toArray();
                })
                .toList();
    }

    private static Set<String> seen(List<double[]> images) {
        Set<String> seen = new TreeSet<>();
        images.forEach(image -> seen.add(Arrays.toString(image)));
        return seen;
    }

    @Test
    void flip_certain_swapsSides() {
        double[] image = {1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6}; // 2 rows, 3 columns, 2 channels
        assertArrayEquals(
                row(3, -3, 2, -2, 1, -1, 6, -6, 5, -5, 4, -4),
                changed(new Flip(Flip.Direction.HORIZONTAL, 1), Shape.of(2, 3, 2), 1, image)
                        .get(0));
        assertArrayEquals(
                row(4, -4, 5, -5, 6, -6, 1, -1, 2, -2, 3, -3),
                changed(new Flip(Flip.Direction.VERTICAL, 1), Shape.of(2, 3, 2), 1, image)
                        .get(0));
    }

    /** Of 1,000 images, 300 are expected to be flipped; five standard deviations are 5·√(1000·0.3·0.7) = 72. */
    @Test
    void flip_probability_isTheShareOfFlippedImages() {
        double flipped = changed(new Flip(Flip.Direction.HORIZONTAL, 0.3), Shape.of(1, 2, 1), 1000, 1, 2).stream()
                .filter(image -> image[0] == 2)
                .count();
        assertEquals(300, flipped, 72);
    }

    @Test
    void flip_classesOfPixels_moveWithThem() {
        Augmentation flip = new Flip(Flip.Direction.HORIZONTAL, 1).create(encoding(Shape.of(2, 2, 1), List.of(2, 2)));
        assertTrue(flip.changesTarget());
        Matrix out = FLOAT64.matrix(1, 4);
        flip.target(of(FLOAT64, row(0, 1, 2, 0)), 0, out, STREAM.at(0, 0));
        assertEquals(0, FLOAT64.sumOfSquares(difference(out, 1, 0, 0, 2)));
        assertFalse(new Flip(Flip.Direction.HORIZONTAL, 1)
                .create(encoding(Shape.of(2, 2, 1), List.of()))
                .changesTarget());
    }

    private static Matrix difference(Matrix out, double... expected) {
        Matrix difference = out.copy();
        FLOAT64.addScaled(-1, of(FLOAT64, expected), difference);
        return difference;
    }

    @Test
    void shift_byOnePixel_movesEachWayAndFills() {
        assertEquals(
                Set.of("[1.0, 2.0, 3.0]", "[2.0, 3.0, 9.0]", "[9.0, 1.0, 2.0]"),
                seen(changed(new Shift(pixels(0, 1), 9), Shape.of(1, 3, 1), 50, 1, 2, 3)));
        assertEquals(
                9,
                seen(changed(new Shift(pixels(1), 0), Shape.of(2, 2, 1), 200, 1, 2, 3, 4))
                        .size());
    }

    @Test
    void shift_classesOfPixels_areTheFirstOneOutside() {
        Augmentation shift = new Shift(pixels(1, 0), 9).create(encoding(Shape.of(2, 1, 1), List.of(2, 1)));
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < 50; i++) {
            Matrix out = FLOAT64.matrix(1, 2);
            shift.target(of(FLOAT64, row(1, 2)), 0, out, STREAM.at(0, i));
            seen.add(out.get(0, 0) + " " + out.get(0, 1));
        }
        assertEquals(Set.of("1.0 2.0", "0.0 1.0", "2.0 0.0"), seen);
    }

    @Test
    void cutout_ofOnePixel_fillsEachOne() {
        assertEquals(
                Set.of("[9.0, 2.0, 3.0]", "[1.0, 9.0, 3.0]", "[1.0, 2.0, 9.0]"),
                seen(changed(new Cutout(pixels(1), 9), Shape.of(1, 3, 1), 50, 1, 2, 3)));
    }

    @Test
    void cutout_atTheEdge_liesPartlyOutside() {
        assertEquals(
                Set.of("[0.0, 0.0, 3.0]", "[0.0, 0.0, 0.0]", "[1.0, 0.0, 0.0]"),
                seen(changed(new Cutout(pixels(3), 0), Shape.of(1, 3, 1), 50, 1, 2, 3)));
    }

    /** The mean of 4,000 draws is within five standard deviations of 0, 5·2/√4000 = 0.16, their deviation of 2: 5·2/√8000 = 0.11. */
    @Test
    void noise_manyNumbers_hasItsDeviation() {
        double[] noise =
                changed(new Noise(2), Shape.of(4000), 1, new double[4000]).get(0);
        double mean = Arrays.stream(noise).sum() / noise.length;
        double square = Arrays.stream(noise).map(value -> value * value).sum() / noise.length;
        assertEquals(0, mean, 0.16);
        assertEquals(2, Math.sqrt(square - mean * mean), 0.11);
    }

    @Test
    void brightness_allPixels_changeByTheSameAmount() {
        double least = 0;
        double greatest = 0;
        for (double[] image : changed(new Brightness(0.5), Shape.of(1, 3, 1), 100, 1, 2, 4)) {
            double amount = image[0] - 1;
            assertTrue(Math.abs(amount) <= 0.5, image[0] + " is within 0.5 of 1");
            assertArrayEquals(row(1 + amount, 2 + amount, 4 + amount), image, 0x1p-50); // of numbers below 8
            least = Math.min(least, amount);
            greatest = Math.max(greatest, amount);
        }
        assertTrue(least < -0.4 && greatest > 0.4, "both ways: " + least + " to " + greatest);
    }

    @Test
    void contrast_eachChannel_keepsItsMean() {
        double least = 1;
        double greatest = 1;
        for (double[] image : changed(new Contrast(0.5), Shape.of(1, 3, 2), 100, 1, 10, 2, 20, 3, 60)) {
            double factor = 2 - image[0];
            assertTrue(factor >= 0.5 && factor <= 1.5, "factor " + factor);
            double[] expected = {2 - factor, 30 - 20 * factor, 2, 30 - 10 * factor, 2 + factor, 30 + 30 * factor};
            assertArrayEquals(expected, image, 0x1p-46); // of numbers below 128
            least = Math.min(least, factor);
            greatest = Math.max(greatest, factor);
        }
        assertTrue(least < 0.6 && greatest > 1.4, "both ways: " + least + " to " + greatest);
    }

    /** Rotate by the drawn angle with the functions of StrictMath, of which those of Draws differ by less than 1e-15. */
    @Test
    void rotate_image_interpolatesAtTheRotatedPlaces() {
        double[] image = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        List<double[]> rotated = changed(new Rotate(180, -1), Shape.of(3, 3, 1), 20, image);
        for (int i = 0; i < rotated.size(); i++) {
            double angle = StrictMath.toRadians(180 * (2 * STREAM.at(0, i).uniform() - 1));
            // The pixel to the right of the centre shows the image at the same angle clockwise: below the centre for 90
            // degrees.
            double row = 1 + StrictMath.sin(angle);
            double column = 1 + StrictMath.cos(angle);
            assertEquals(bilinear(image, row, column), rotated.get(i)[5], 1e-13, "angle " + angle);
            assertEquals(5, rotated.get(i)[4], "the centre stays");
        }
    }

    /** Interpolate along each axis in an image of 3 by 3 pixels surrounded by -1. */
    private static double bilinear(double[] image, double row, double column) {
        double sum = 0;
        for (int y = -1; y <= 3; y++) {
            for (int x = -1; x <= 3; x++) {
                double weight = Math.max(0, 1 - Math.abs(row - y)) * Math.max(0, 1 - Math.abs(column - x));
                sum += weight * (y < 0 || y > 2 || x < 0 || x > 2 ? -1 : image[3 * y + x]);
            }
        }
        return sum;
    }

    @Test
    void zoom_byTwo_showsPlacesHalfAsFar() {
        assertArrayEquals(
                row(2, 2.5, 3, 3.5, 4),
                changed(new Zoom(2, 2, 0), Shape.of(1, 5, 1), 1, 1, 2, 3, 4, 5).get(0));
        assertArrayEquals(
                row(9, 1, 3, 5, 9),
                changed(new Zoom(0.5, 0.5, 9), Shape.of(1, 5, 1), 1, 1, 2, 3, 4, 5)
                        .get(0));
    }

    @Test
    void crop_share_isEnlargedFromACornerToTheOther() {
        for (double[] image : changed(new RandomCrop(0.5), Shape.of(1, 5, 1), 50, 0, 1, 2, 3, 4)) {
            double step = image[1] - image[0];
            assertTrue(step >= 0.5 && step <= 1, "the share " + step);
            assertTrue(image[0] >= 0 && image[4] <= 4, Arrays.toString(image));
            for (int j = 0; j < 5; j++) {
                assertEquals(image[0] + j * step, image[j], 1e-14);
            }
        }
        assertEquals(
                1,
                seen(changed(new RandomCrop(1), Shape.of(1, 3, 1), 20, 1, 2, 3)).size());
    }

    /** In a constant image only the border may change; a smooth field moves a linear image by almost the same at neighbours. */
    @Test
    void elastic_smoothField_movesNeighboursAlike() {
        double[] image = IntStream.range(0, 400).mapToDouble(j -> j % 20).toArray();
        double most = 0;
        for (double[] moved : changed(new Elastic(30, 4, 0), Shape.of(20, 20, 1), 5, image)) {
            for (int j = 5; j < 15; j++) {
                double here = moved[200 + j] - j;
                double next = moved[201 + j] - (j + 1);
                assertEquals(here, next, 0.8, "at " + j);
                most = Math.max(most, Math.abs(here));
            }
        }
        assertTrue(most > 0.5, "the largest motion is " + most);
        assertArrayEquals(
                image,
                changed(new Elastic(0, 4, 0), Shape.of(20, 20, 1), 1, image).get(0));
    }

    @Test
    void expand_copies_areTheImageAndFourShifts() {
        Expand expand = new Expand(1, 0);
        double[][] expected = {
            {1, 2, 3, 4}, {0, 0, 1, 2}, {3, 4, 0, 0}, {0, 1, 0, 3}, {2, 0, 4, 0},
        };
        assertEquals(expected.length, expand.copies());
        for (int copy = 0; copy < expected.length; copy++) {
            Matrix out = FLOAT64.matrix(1, 4);
            expand.create(encoding(Shape.of(2, 2, 1), List.of()), copy)
                    .input(of(FLOAT64, row(1, 2, 3, 4)), 0, out, STREAM.at(0, 0));
            assertEquals(0, FLOAT64.sumOfSquares(difference(out, expected[copy])), "copy " + copy);
        }
    }

    /**
     * With α = 1 the share is uniform in [½, 1]: its mean over 2,000 is within five standard deviations of ¾,
     * 5·0.5/√(12·2000) = 0.017.
     */
    @Test
    void mixup_inputsAndTargets_haveTheSameShares() {
        Augmentation mixup = new Mixup(1).create(TABLE);
        Matrix x = of(FLOAT64, row(1, 0, 0), row(0, 1, 0), row(0, 0, 1));
        double sum = 0;
        int alone = 0;
        for (int i = 0; i < 2000; i++) {
            Matrix out = FLOAT64.matrix(3, 3);
            mixup.input(x, 1, out, STREAM.at(2, i));
            Matrix target = FLOAT64.matrix(3, 3);
            mixup.target(x, 1, target, STREAM.at(2, i));
            assertEquals(
                    0, FLOAT64.sumOfSquares(difference(target, row(out.get(1, 0), out.get(1, 1), out.get(1, 2)), 1)));
            assertTrue(out.get(1, 1) >= 0.5, "the example keeps the greater share");
            assertEquals(1, out.get(1, 0) + out.get(1, 1) + out.get(1, 2), 0x1p-52);
            alone += out.get(1, 1) == 1 ? 1 : 0;
            sum += out.get(1, 1) == 1 ? 0 : out.get(1, 1);
        }
        assertEquals(2000 / 3.0, alone, 106); // five standard deviations, 5·√(2000·⅓·⅔)
        assertEquals(0.75, sum / (2000 - alone), 0.021);
    }

    private static Matrix difference(Matrix out, double[] expected, int row) {
        Matrix difference = FLOAT64.matrix(1, expected.length);
        for (int j = 0; j < expected.length; j++) {
            difference.set(0, j, out.get(row, j) - expected[j]);
        }
        return difference;
    }

    @Test
    void create_examplesThatAreNotImages_isRefused() {
        assertRefused(
                new Flip(Flip.Direction.HORIZONTAL, 0.5),
                TABLE,
                "flip changes images [height, width, channels], but an example is [features 4]");
        Encoding pair = new Encoding(
                List.of(new Encoding.Input("left", Shape.of(2, 2, 1)), new Encoding.Input("right", Shape.of(2, 2, 1))),
                List.of(),
                TABLE.target());
        assertRefused(
                new Cutout(pixels(1), 0),
                pair,
                "cutout changes one image, but an example has the inputs [left [2, 2, 1], right [2, 2, 1]]");
        assertRefused(
                new Shift(pixels(1), 0),
                encoding(Shape.of(2, 4, 1), List.of(2, 2)),
                "shift moves the pixels of images, but cannot move their targets at [2, 2]");
        assertRefused(
                new Shift(pixels(2, 4), 0),
                encoding(Shape.of(3, 4, 1), List.of()),
                "shift by up to [2, 4] pixels leaves nothing of images of 3 by 4 pixels");
        assertRefused(
                new Mixup(1),
                new Encoding(Shape.of(2), List.of(), new Target(Target.Form.VALUES, List.of("price"))),
                "mixup makes probabilities of classes, but the targets are numbers: price");
        assertRefused(
                new Mixup(1),
                encoding(Shape.of(2, 2, 1), List.of(2, 2)),
                "mixup mixes one class per example, but the target has a class at each of 4 positions");
    }

    private static void assertRefused(AugmentationSpec spec, Encoding encoding, String message) {
        assertEquals(
                message,
                assertThrows(InputException.class, () -> spec.create(encoding)).getMessage());
    }

    @Test
    void parameters_outsideTheirBounds_areRefused() {
        assertMisuse("probability is 1.5, allowed: from 0 to 1", () -> new Flip(Flip.Direction.VERTICAL, 1.5));
        assertMisuse(
                "by is -1, allowed: 0 or more, or two such numbers for height and width",
                () -> new Shift(pixels(-1), 0));
        assertMisuse(
                "size is [1, 2, 3], allowed: 1 or more, or two such numbers for height and width",
                () -> new Cutout(pixels(1, 2, 3), 0));
        assertMisuse("std is -0.5, allowed: a finite number, 0 or more", () -> new Noise(-0.5));
        assertMisuse("by is -1, allowed: a finite number, 0 or more", () -> new Brightness(-1));
        assertMisuse("by is 2, allowed: from 0 to 1", () -> new Contrast(2));
        assertMisuse("degrees is 181, allowed: from 0 to 180", () -> new Rotate(181, 0));
        assertMisuse("from is 0, allowed: 0.001 or more", () -> new Zoom(0, 1, 0));
        assertMisuse("to is 1, allowed: from, which is 2, to 1000", () -> new Zoom(2, 1, 0));
        assertMisuse("share is 0, allowed: above 0, up to 1", () -> new RandomCrop(0));
        assertMisuse("alpha is -1, allowed: from 0 to 1000000", () -> new Elastic(-1, 4, 0));
        assertMisuse("sigma is 0, allowed: from 0.1 to 100", () -> new Elastic(1, 0, 0));
        assertMisuse("alpha is 5, allowed: above 0, up to 4", () -> new Mixup(5));
        assertMisuse("by is 0, allowed: 1 or more", () -> new Expand(0, 0));
    }

    private static void assertMisuse(String message, Supplier<AugmentationSpec> made) {
        ParameterException e = assertThrows(ParameterException.class, made::get);
        assertEquals(message, e.getMessage() + ", allowed: " + e.allowed());
    }
}
