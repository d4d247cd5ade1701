package dev.chainrule.engine.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Provenance;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.TestNetwork;
import dev.chainrule.engine.experiment.BatchSize;
import dev.chainrule.engine.experiment.Data;
import dev.chainrule.engine.experiment.HeldOut;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The parts of a table, if a column decides. */
class ColumnSplitTests {
    private static final int ROWS = 60;

    /** Rows whose input is their number, and whose only column for splitting is {@code c}. */
    private record Numbered(int rows, IntFunction<String> cells) implements DataSourceSpec, DataSource {
        @Override
        public DataSource open(DataContext context) {
            return this;
        }

        @Override
        public int size() {
            return rows;
        }

        @Override
        public Encoding encoding() {
            return new Encoding(Shape.of(1), List.of(), new Target(Target.Form.VALUES, List.of("y")));
        }

        @Override
        public void readInput(int index, Matrix x, int row) {
            x.set(row, 0, index);
        }

        @Override
        public void readTarget(int index, Matrix y, int row) {
            y.set(row, 0, index);
        }

        @Override
        public Optional<String> cell(int index, String column) {
            return Optional.of(column.equals("c") ? cells.apply(index) : "");
        }

        @Override
        public Provenance provenance() {
            return new Provenance("numbers", "");
        }
    }

    private static Optional<HeldOut> by(int count) {
        return part(Optional.empty(), Optional.of(count), Optional.of("c"), Optional.empty(), Optional.empty());
    }

    private static Optional<HeldOut> hash(double share) {
        return part(Optional.of(share), Optional.empty(), Optional.empty(), Optional.of("c"), Optional.empty());
    }

    private static Optional<HeldOut> column() {
        return part(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("c"));
    }

    private static Optional<HeldOut> part(
            Optional<Double> fraction,
            Optional<Integer> count,
            Optional<String> by,
            Optional<String> hash,
            Optional<String> column) {
        return Optional.of(new HeldOut(
                fraction,
                count,
                Optional.empty(),
                Optional.empty(),
                by,
                hash,
                column,
                Optional.empty(),
                Optional.empty()));
    }

    private static Datasets open(
            int rows, IntFunction<String> cells, Optional<HeldOut> test, Optional<HeldOut> validation) {
        Data data = new Data(
                new Numbered(rows, cells),
                test,
                validation,
                List.of(),
                List.of(),
                List.of(),
                false,
                new BatchSize(4),
                true);
        return Datasets.open(data, 7, TestNetwork.nowhere());
    }

    private static int[] rows(Dataset dataset) {
        DoubleMatrix x = new DoubleMatrix(dataset.size(), 1);
        dataset.readInputs(dataset.inOrder(), 0, 0, dataset.size(), x);
        return IntStream.range(0, dataset.size()).map(i -> (int) x.get(i, 0)).toArray();
    }

    private static int[] rows(Optional<Dataset> dataset) {
        return rows(dataset.orElseThrow());
    }

    /** Groups of 1, 2, 3, … 10 rows, of which the last has 5. */
    private static String group(int row) {
        int group = 0;
        for (int end = 1; end <= row; end += group + 1) {
            group++;
        }
        return "g" + group;
    }

    @Test
    void open_byGroup_keepsGroupsTogetherAndTakesNoMoreThanAsked() {
        Datasets datasets = open(ROWS, ColumnSplitTests::group, by(15), by(10));
        int[] test = rows(datasets.test());
        int[] validation = rows(datasets.validation());
        assertTrue(test.length <= 15 && test.length > 5, test.length + " rows");
        assertTrue(validation.length <= 10 && validation.length > 2, validation.length + " rows");
        List<int[]> parts = List.of(rows(datasets.train()), test, validation);
        assertEquals(ROWS, parts.stream().mapToInt(part -> part.length).sum());
        for (int i = 0; i < ROWS; i++) {
            String group = group(i);
            long with = parts.stream()
                    .filter(part ->
                            Arrays.stream(part).anyMatch(row -> group(row).equals(group)))
                    .count();
            assertEquals(1, with, group + " is in " + with + " parts");
        }
        assertArrayEquals(
                test,
                rows(open(ROWS, ColumnSplitTests::group, by(15), Optional.empty())
                        .test()));
    }

    @Test
    void open_byHash_movesNoRowWhenOthersAreAppended() {
        Datasets few = open(500, row -> "id" + row, hash(0.2), hash(0.1));
        Datasets many = open(2000, row -> "id" + row, hash(0.2), hash(0.1));
        for (String part : List.of("test", "validation", "train")) {
            int[] before = rows(few.named(part));
            int[] after = rows(many.named(part));
            assertArrayEquals(
                    before, Arrays.stream(after).filter(row -> row < 500).toArray(), part);
        }
        // Of 2000 rows, 400 ± 5·√(2000·0.2·0.8) = 400 ± 90 and 200 ± 5·√(2000·0.1·0.9) = 200 ± 67.
        assertEquals(400, many.test().orElseThrow().size(), 90);
        assertEquals(200, many.validation().orElseThrow().size(), 67);
    }

    @Test
    void open_byHash_doesNotDependOnTheOtherPart() {
        int[] alone =
                rows(open(200, row -> "id" + row, Optional.empty(), hash(0.1)).validation());
        assertArrayEquals(
                alone, rows(open(200, row -> "id" + row, hash(0.3), hash(0.1)).validation()));
    }

    @Test
    void open_byHashOfEqualCells_keepsThemTogether() {
        int[] test = rows(
                open(ROWS, row -> "id" + row / 3, hash(0.3), Optional.empty()).test());
        assertTrue(test.length > 0 && test.length % 3 == 0, Arrays.toString(test));
    }

    @Test
    void open_byColumn_takesTheMarkedRows() {
        IntFunction<String> cells = row -> row % 5 == 0 ? "test" : row % 7 == 0 ? "validation" : "train";
        Datasets datasets = open(ROWS, cells, column(), column());
        assertArrayEquals(IntStream.range(0, ROWS).filter(row -> row % 5 == 0).toArray(), rows(datasets.test()));
        assertArrayEquals(
                IntStream.range(0, ROWS)
                        .filter(row -> row % 5 != 0 && row % 7 == 0)
                        .toArray(),
                rows(datasets.validation()));
    }

    @Test
    void open_byColumnWithRowsOfAnotherPart_isRefused() {
        IntFunction<String> cells = row -> row % 5 == 0 ? "test" : row % 7 == 0 ? "validation" : "train";
        InputException thrown = assertThrows(InputException.class, () -> open(ROWS, cells, Optional.empty(), column()));
        assertEquals(Optional.of("data.validation.column"), thrown.configPath());
    }
}
