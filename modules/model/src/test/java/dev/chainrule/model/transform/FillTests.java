package dev.chainrule.model.transform;

import static dev.chainrule.model.testing.Matrices.FLOAT32;
import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static dev.chainrule.model.testing.Matrices.of;
import static dev.chainrule.model.testing.Matrices.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.data.Transform;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.testing.Examples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gaps of a table: an age, a colour (blue, red), a fare. */
final class FillTests {
    private static final double GAP = Double.NaN;

    private static final Encoding TABLE = new Encoding(
            Shape.of(4),
            List.of(
                    new Encoding.Column("age", List.of()),
                    new Encoding.Column("colour", List.of("blue", "red")),
                    new Encoding.Column("fare", List.of())),
            new Target(Target.Form.VALUES, List.of("y")));

    private static final Examples TRAINING = new Examples(new double[][] {
        {20, 0, 1, 5}, {GAP, 1, 0, 7}, {30, GAP, GAP, 5}, {60, 0, 1, GAP}, {30, 1, 0, 1}, {20, 0, 1, 2}
    });

    private static Transform fitted(Fill fill, Kernels kernels) {
        Transform transform = fill.create(TABLE, kernels);
        transform.fit(TRAINING);
        return transform;
    }

    private static Fill fill(String with, String... columns) {
        return new Fill(
                FillValue.parse(with), columns.length == 0 ? Optional.empty() : Optional.of(List.of(columns)), false);
    }

    private static double[] filled(Transform transform, Kernels kernels, double... row) {
        Matrix filled = transform.inputs(of(kernels, row(1, 1, 0, 1), row));
        double[] last = new double[filled.columns()];
        for (int j = 0; j < last.length; j++) {
            last[j] = filled.get(1, j);
        }
        return last;
    }

    /** The mean of 20, 30, 60, 30, 20 and of 5, 7, 5, 1, 2; 20 is the lowest of the most common ages. */
    @ParameterizedTest
    @CsvSource({"mean,32,4", "median,30,5", "most_common,20,5", "-1.5,-1.5,-1.5", "1e2,100,100"})
    void inputs_gapsInNumbers_areFilledByTheTrainingExamples(String with, double age, double fare) {
        for (Kernels kernels : List.of(FLOAT64, FLOAT32)) {
            assertArrayEquals(
                    new double[] {age, 0, 1, fare}, filled(fitted(fill(with), kernels), kernels, GAP, 0, 1, GAP));
            assertArrayEquals(new double[] {1, 0, 1, 2}, filled(fitted(fill(with), kernels), kernels, 1, 0, 1, 2));
        }
    }

    @Test
    void inputs_gapsInNames_becomeTheMostCommonOrAGivenOne() {
        double[] row = {1, GAP, GAP, 2};
        assertArrayEquals(new double[] {1, 0, 1, 2}, filled(fitted(fill("most_common"), FLOAT64), FLOAT64, row));
        assertArrayEquals(new double[] {1, 1, 0, 2}, filled(fitted(fill("blue"), FLOAT64), FLOAT64, row));
    }

    @Test
    void inputs_ownName_isAnInputBehindTheOthers() {
        Transform own = fitted(fill("own"), FLOAT64);
        assertEquals(Shape.of(5), own.encoding().shape());
        assertEquals(
                List.of("blue", "red", "missing"),
                own.encoding().columns().get(1).categories());
        assertArrayEquals(new double[] {1, 0, 0, 1, 2}, filled(own, FLOAT64, 1, GAP, GAP, 2));
        assertArrayEquals(new double[] {1, 0, 1, 0, 2}, filled(own, FLOAT64, 1, 0, 1, 2));
        assertTrue(Double.isNaN(filled(own, FLOAT64, GAP, 0, 1, 2)[0]), "numbers are left to another fill");
    }

    @Test
    void encoding_ofSeveralOutputs_keepsTheTargetsOfAll() {
        Target number = new Target(Target.Form.VALUES, List.of("price"));
        Map<String, Target> targets = Map.of("kind", TABLE.target(), "price", number);
        Transform own = fill("own").create(TABLE.with(targets), FLOAT64);
        assertEquals(targets, own.encoding().targets());
    }

    @Test
    void inputs_indicator_tellsGapsBehindAllColumns() {
        Fill fill = new Fill(FillValue.parse("median"), Optional.of(List.of("fare", "age")), true);
        Transform indicated = fitted(fill, FLOAT64);
        assertEquals(
                List.of("age", "colour", "fare", "age_missing", "fare_missing"),
                indicated.encoding().columns().stream()
                        .map(Encoding.Column::name)
                        .toList());
        assertArrayEquals(new double[] {30, 0, 1, 2, 1, 0}, filled(indicated, FLOAT64, GAP, 0, 1, 2));
        assertArrayEquals(new double[] {3, 0, 1, 5, 0, 1}, filled(indicated, FLOAT64, 3, 0, 1, GAP));
    }

    /** Named inputs stay side by side: each has its own indicators at its end. */
    @Test
    void inputs_indicatorOfNamedInputs_followsTheColumnsOfEach() {
        List<Encoding.Input> inputs =
                List.of(new Encoding.Input("person", Shape.of(3)), new Encoding.Input("ticket", Shape.of(1)));
        Fill fill = new Fill(FillValue.parse("own"), Optional.empty(), true);
        Encoding table = new Encoding(inputs, TABLE.columns(), TABLE.target());
        Transform own = fill.create(table, FLOAT64);
        assertEquals(
                "[person [5], ticket [1]] [age, colour, colour_missing, fare]",
                own.encoding().inputs() + " "
                        + own.encoding().columns().stream()
                                .map(Encoding.Column::name)
                                .toList());
        own.fit(TRAINING);
        assertArrayEquals(new double[] {3, 0, 0, 1, 1, 5}, filled(own, FLOAT64, 3, GAP, GAP, 5));

        Transform median = new Fill(FillValue.parse("median"), Optional.empty(), true).create(table, FLOAT64);
        assertEquals("[person [4], ticket [2]]", median.encoding().inputs().toString());
        assertEquals(
                List.of("fare", "fare_missing"),
                median.encoding().columns(median.encoding().inputs().get(1)).stream()
                        .map(Encoding.Column::name)
                        .toList());
        median.fit(TRAINING);
        assertArrayEquals(new double[] {30, 0, 1, 1, 7, 0}, filled(median, FLOAT64, GAP, 0, 1, 7));
        assertArrayEquals(new double[] {3, 0, 1, 0, 5, 1}, filled(median, FLOAT64, 3, 0, 1, GAP));
    }

    @Test
    void inputs_columns_leavesTheOthersOpen() {
        double[] filled = filled(fitted(fill("median", "fare"), FLOAT64), FLOAT64, GAP, 0, 1, GAP);
        assertTrue(Double.isNaN(filled[0]));
        assertEquals(5, filled[3]);
    }

    @Test
    void fit_columnWithoutAnyValue_isRefused() {
        Transform transform = fill("mean", "age").create(TABLE, FLOAT64);
        Examples gaps = new Examples(new double[][] {{GAP, 0, 1, 5}, {GAP, 1, 0, 7}});
        String message =
                assertThrows(InputException.class, () -> transform.fit(gaps)).getMessage();
        assertTrue(message.startsWith("column 'age' has no value in any training example"), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "median|colour|column 'colour' contains names, which cannot be filled with median",
                "3|colour|column 'colour' has no name '3'",
                "green|colour|column 'colour' has no name 'green'",
                "medain||column 'colour' has no name 'medain'",
                "own|age|column 'age' contains numbers, which cannot be filled with own",
                "green|age|column 'age' contains numbers, which cannot be filled with green",
                "mean|cabin|there is no column 'cabin'"
            })
    void create_whatDoesNotFit_isRefused(String with, String column, String message) {
        Fill fill = column == null ? fill(with) : fill(with, column);
        assertEquals(
                message,
                assertThrows(InputException.class, () -> fill.create(TABLE, FLOAT64))
                        .getMessage());
    }

    @Test
    void construct_whatCannotBe_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> FillValue.parse(" "));
        assertThrows(ParameterException.class, () -> fill("mean", "a", "a"));
        assertThrows(ParameterException.class, () -> new Fill(FillValue.parse("mean"), Optional.of(List.of()), false));
        assertEquals(Optional.empty(), FillValue.parse("1e999").number());
    }
}
