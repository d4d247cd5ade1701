package dev.chainrule.builtin.data.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.data.Transform;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.data.Context;
import dev.chainrule.builtin.data.Read;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.model.testing.Examples;
import dev.chainrule.model.transform.Standardize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SampleTablesTests {
    private static final Path DATA =
            Path.of(System.getProperty("chainrule.root")).resolve("configs").resolve("data");

    @TempDir
    Path folder;

    @Test
    void houses_areNumbersAndADistrict() {
        DataSource houses = open("houses.csv", "price");
        assertEquals(300, houses.size());
        assertEquals(Shape.of(7), houses.encoding().shape());
        assertEquals(
                List.of("centre", "harbour", "hills", "outskirts"),
                houses.encoding().columns().get(3).categories());
        assertEquals(
                new Target(Target.Form.VALUES, List.of("price")),
                houses.encoding().target());
    }

    /** The nearest of the classes' means is the simplest of rules: a network reaches its result, too. */
    @Test
    void flowers_canBeLearnedAndNotByHeart() {
        DataSource flowers = open("flowers.csv", "species");
        assertEquals(300, flowers.size());
        assertEquals(3, flowers.encoding().target().names().size());
        Kernels kernels = Kernels.of(Precision.FLOAT64, new ThreadTeam(1));
        Transform standardize = new Standardize(Optional.empty(), Optional.empty()).create(flowers.encoding(), kernels);
        standardize.fit(Examples.of(flowers));
        int trained = 240;
        int width = flowers.encoding().shape().size();
        double[][] means = new double[3][width];
        for (int i = 0; i < trained; i++) {
            Matrix x = input(flowers, i, standardize);
            for (int j = 0; j < width; j++) {
                means[(int) Read.target(flowers, i)[0]][j] += x.get(0, j) / (trained / 3.0);
            }
        }
        int right = 0;
        for (int i = trained; i < 300; i++) {
            right += nearest(input(flowers, i, standardize), means) == (int) Read.target(flowers, i)[0] ? 1 : 0;
        }
        assertTrue(right >= 54 && right < 60, right + " of 60");
    }

    @Test
    void tags_areAClassForEachWord() {
        DataSource tags = new CsvBuilder("tags.csv")
                .targets("tag_1", "tag_2", "tag_3", "tag_4", "tag_5")
                .build()
                .open(Context.in(DATA));
        assertEquals(
                new Target(Target.Form.CLASS_INDEX, List.of("adjective", "determiner", "noun", "verb"), List.of(5)),
                tags.encoding().target());
        // Steps of equal length: each of the five words has one input for each of the 10 names.
        assertEquals(Shape.of(50), tags.encoding().shape());
    }

    /** The well-known table has as many rows, 177 without an age, 2 without a port, 687 without a cabin, and 342 survivors. */
    @Test
    void titanic_hasTheGapsOfTheOriginal() throws IOException {
        List<String> lines = Files.readAllLines(DATA.resolve("titanic.csv"));
        assertEquals("PassengerId,Survived,Pclass,Name,Sex,Age,SibSp,Parch,Ticket,Fare,Cabin,Embarked", lines.get(0));
        List<String[]> rows = lines.stream()
                .skip(1)
                .map(line -> line.replaceFirst("\"(.*), (.*)\"", "$1").split(",", -1))
                .toList();
        assertEquals(891, rows.size());
        assertEquals(183, rows.stream().filter(row -> row[5].isEmpty()).count());
        assertEquals(687, rows.stream().filter(row -> row[10].isEmpty()).count());
        assertEquals(2, rows.stream().filter(row -> row[11].isEmpty()).count());
        assertEquals(350, rows.stream().filter(row -> row[1].equals("1")).count());
    }

    @Test
    void script_run_givesTheCommittedBytes() throws Exception {
        assumeTrue(hasPython(), "there is no python3: the script is not tested");
        Process script = new ProcessBuilder(
                        "python3", "-B", DATA.resolve("make_samples.py").toString(), folder.toString())
                .inheritIO()
                .start();
        assertEquals(0, script.waitFor());
        for (String name : List.of("houses.csv", "flowers.csv", "tags.csv", "titanic.csv", "stamps.csv")) {
            assertArrayEquals(Files.readAllBytes(DATA.resolve(name)), Files.readAllBytes(folder.resolve(name)), name);
        }
        try (Stream<Path> signs = Files.walk(DATA.resolve("signs"))) {
            List<Path> files = signs.filter(Files::isRegularFile).toList();
            assertEquals(72, files.size());
            for (Path file : files) {
                Path written = folder.resolve(DATA.relativize(file).toString());
                assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(written), file.toString());
            }
        }
    }

    private static DataSource open(String file, String target) {
        return new CsvBuilder(file).target(target).build().open(Context.in(DATA));
    }

    private static Matrix input(DataSource source, int index, Transform transform) {
        Matrix x = new DoubleMatrix(1, source.encoding().shape().size());
        source.readInput(index, x, 0);
        return transform.inputs(x);
    }

    private static int nearest(Matrix x, double[][] means) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < means.length; k++) {
            double distance = 0;
            for (int j = 0; j < x.columns(); j++) {
                distance += (x.get(0, j) - means[k][j]) * (x.get(0, j) - means[k][j]);
            }
            if (distance < least) {
                least = distance;
                best = k;
            }
        }
        return best;
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
