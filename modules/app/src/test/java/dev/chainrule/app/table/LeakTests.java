package dev.chainrule.app.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.chainrule.api.Kind;
import dev.chainrule.app.shell.Components;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.ThreadTeam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Prove that no transform learns from test and validation rows, and that each learns from training rows. */
final class LeakTests {
    private static final int ROWS = 48;
    /** The transforms as configs write them, each with the config's target and loss. */
    private static final List<String> TRANSFORMS = List.of(
            "{ type: standardize, columns: [ age, income ] }",
            "{ type: min_max, columns: [ age, income ] }",
            "{ type: robust, columns: [ age, income ] }",
            "{ type: clip, columns: [ age, income ] }",
            "{ type: power, columns: [ age, income ] }",
            "{ type: bins, count: 3, columns: [ age ] }",
            "{ type: fill, with: mean, columns: [ age ] }",
            "{ type: fill, with: median, columns: [ income ] }",
            "{ type: fill, with: most_common, columns: [ age, city, zip ] }",
            "{ type: frequency, columns: [ city, zip ] }",
            "{ type: pca, components: 2, columns: [ age, income ] }",
            "{ type: tf_idf, columns: [ note ] }",
            "{ type: target_mean, columns: [ city, zip ] }");

    /** Those that learn nothing. */
    private static final Set<String> STATELESS = Set.of("cross", "log", "one_hot", "scale");

    private static final String CONFIG = """
            seed: 5
            precision: float64
            data:
              train:
                type: csv
                file: rows.csv
                target: kind
                columns: [ age, income, city, zip, note ]
                encode: { zip: ordinal, note: words }
                categorical: [ city ]
              test: { column: part }
              validation: { column: part }
              transforms: [ TRANSFORM ]
            model: [ { type: dense, units: 3, activation: softmax } ]
            loss: cross_entropy
            optimizer: { type: sgd, learning_rate: 0.1 }
            allow: [ large_inputs ]
            """;

    @TempDir
    private Path folder;

    /** Rows of which every fourth is for testing and every seventh for validation; all names are in training rows, too. */
    private static List<String[]> rows() {
        List<String[]> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            String part = i % 4 == 1 ? "test" : i % 7 == 2 ? "validation" : "train";
            rows.add(new String[] {
                String.valueOf(20 + i * 13 % 37),
                String.valueOf(1000 + i * i * 7 % 911),
                "c" + i * i % 5,
                "z" + i * 5 % 9,
                part,
                "k" + i % 3,
                i % 2 == 0 ? "one two two" : "two three"
            });
        }
        return rows;
    }

    private SortedMap<String, String> state(String transform, List<String[]> rows) throws IOException {
        try (ThreadTeam team = new ThreadTeam(1)) {
            SortedMap<String, String> state = new TreeMap<>();
            assembled(transform, rows, team)
                    .pipeline()
                    .state()
                    .forEach((name, tensor) -> state.put(name, numbers(tensor)));
            return state;
        }
    }

    private Assembly assembled(String transform, List<String[]> rows, ThreadTeam team) throws IOException {
        String table = rows.stream().map(row -> String.join(",", row)).collect(Collectors.joining("\n"));
        Files.writeString(folder.resolve("rows.csv"), "age,income,city,zip,part,kind,note\n" + table + "\n");
        return AssembledTable.of(folder, CONFIG.replace("TRANSFORM", transform), team);
    }

    private static String numbers(Matrix tensor) {
        StringBuilder numbers = new StringBuilder();
        for (int i = 0; i < tensor.rows(); i++) {
            for (int j = 0; j < tensor.columns(); j++) {
                numbers.append(tensor.get(i, j)).append(' ');
            }
        }
        return numbers.toString();
    }

    /** Change numbers, names and classes of the rows of some parts. */
    private static List<String[]> changed(boolean training) {
        List<String[]> rows = rows();
        for (int i = 0; i < ROWS; i++) {
            String[] row = rows.get(i);
            if (row[4].equals("train") == training) {
                row[0] = String.valueOf(3 * Double.parseDouble(row[0]) + 500);
                row[1] = String.valueOf(-2 * Double.parseDouble(row[1]) - 7000);
                row[2] = "c" + i % 2;
                row[3] = "z" + i % 3;
                row[5] = "k" + i / 2 % 3;
                row[6] = "two one";
            }
        }
        return rows;
    }

    @Test
    void transforms_all_areHere() {
        Set<String> seen = new TreeSet<>(STATELESS);
        TRANSFORMS.forEach(yaml -> seen.add(yaml.replaceFirst("\\{ type: ([a-z_]+).*", "$1")));
        assertEquals(new Components().builtIn().names(Kind.TRANSFORM), new ArrayList<>(seen));
    }

    @TestFactory
    Stream<DynamicTest> fit_otherTestAndValidationRows_learnsTheSame() {
        return TRANSFORMS.stream()
                .map(yaml -> DynamicTest.dynamicTest(yaml, () -> {
                    SortedMap<String, String> before = state(yaml, rows());
                    assertFalse(before.isEmpty());
                    assertEquals(before, state(yaml, changed(false)));
                    assertNotEquals(before, state(yaml, changed(true)));
                }));
    }

    /** The mean of a training row does not contain the row's own target, and every other row with that name sees it. */
    @Test
    void targetMean_otherTargetOfOneRow_keepsTheNumbersOfThatRow() throws IOException {
        String yaml = "{ type: target_mean, columns: [ city ] }";
        try (ThreadTeam team = new ThreadTeam(1)) {
            double[][] before = train(assembled(yaml, rows(), team));
            int changes = 0;
            for (int number = 0; number < before.length; number++) {
                List<String[]> rows = rows();
                String[] row = rows.stream()
                        .filter(each -> each[4].equals("train"))
                        .skip(number)
                        .findFirst()
                        .orElseThrow();
                row[5] = row[5].equals("k0") ? "k1" : "k0";
                double[][] after = train(assembled(yaml, rows, team));
                assertEquals(boxed(before[number]), boxed(after[number]), "row " + number);
                for (int other = 0; other < before.length; other++) {
                    changes += boxed(before[other]).equals(boxed(after[other])) ? 0 : 1;
                }
            }
            assertFalse(changes < before.length, changes + " changes");
        }
    }

    private static List<Double> boxed(double[] row) {
        return Arrays.stream(row).boxed().toList();
    }

    private static double[][] train(Assembly assembly) {
        Dataset train = assembly.datasets().train();
        Pipeline pipeline = assembly.pipeline();
        Matrix x = pipeline.inputs(train, train.inOrder(), 0, train.size());
        double[][] rows = new double[x.rows()][x.columns()];
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                rows[i][j] = x.get(i, j);
            }
        }
        return rows;
    }
}
