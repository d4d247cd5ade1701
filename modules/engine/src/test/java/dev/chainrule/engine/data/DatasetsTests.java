package dev.chainrule.engine.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Provenance;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.TestNetwork;
import dev.chainrule.engine.experiment.HeldOut;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetsTests {
    private static final int SIZE = 50;

    @Test
    void open_lastPart_takesTheEndInOrder() {
        Datasets datasets = open(Optional.empty(), Optional.of(TestNetwork.split(3, HeldOut.Order.LAST)));
        assertArrayEquals(new int[] {47, 48, 49}, indices(datasets.validation().orElseThrow()));
        assertEquals(47, datasets.train().size());
    }

    @Test
    void open_shuffledParts_areDisjointAndCoverAll() {
        Datasets datasets = open(
                Optional.of(TestNetwork.split(10, HeldOut.Order.SHUFFLED)),
                Optional.of(TestNetwork.split(5, HeldOut.Order.SHUFFLED)));
        TreeSet<Integer> all = new TreeSet<>();
        datasets.all().forEach(dataset -> {
            for (int index : indices(dataset)) {
                all.add(index);
            }
        });
        assertEquals(SIZE, all.size());
        assertEquals(35, datasets.train().size());
    }

    @Test
    void open_withValidation_leavesTheTestExamplesAsTheyWere() {
        Optional<HeldOut> test = Optional.of(TestNetwork.split(10, HeldOut.Order.SHUFFLED));
        Datasets without = open(test, Optional.empty());
        Datasets with = open(test, Optional.of(TestNetwork.split(5, HeldOut.Order.SHUFFLED)));
        assertArrayEquals(
                indices(without.test().orElseThrow()), indices(with.test().orElseThrow()));
    }

    @Test
    void open_fraction_roundsToTheNearest() {
        HeldOut tenth = TestNetwork.heldOut(
                Optional.of(0.11),
                Optional.empty(),
                Optional.of(HeldOut.Order.LAST),
                Optional.empty(),
                Optional.empty());
        assertEquals(
                6,
                open(Optional.empty(), Optional.of(tenth))
                        .validation()
                        .orElseThrow()
                        .size());
    }

    /** Of 30, 15 and 5 examples, 10 in 50 are 6, 3 and 1; 7 in 50 are 4.2, 2.1 and 0.7, so that the third gets the seventh. */
    @ParameterizedTest
    @CsvSource({"10, 6, 3, 1", "7, 4, 2, 1", "1, 1, 0, 0", "49, 29, 15, 5"})
    void open_stratified_keepsTheShares(int count, int a, int b, int c) {
        HeldOut part = TestNetwork.heldOut(
                Optional.empty(), Optional.of(count), Optional.empty(), Optional.of(true), Optional.empty());
        Dataset all = Dataset.of("train", new ThreeClasses());
        Dataset test = all.select("test", new Split(part, "test", 7).of(all, SIZE));
        assertArrayEquals(new int[] {a, b, c}, test.classCounts());
        assertArrayEquals(new int[] {30 - a, 15 - b, 5 - c}, all.without(test).classCounts());
        int[] numbers = new Split(part, "test", 8).of(all, SIZE);
        assertEquals(count, IntStream.of(numbers).distinct().count());
    }

    /** Examples of three classes: 30, 15 and 5 of them. */
    private static final class ThreeClasses implements DataSource {
        @Override
        public int size() {
            return SIZE;
        }

        @Override
        public Encoding encoding() {
            return new Encoding(Shape.of(1), List.of(), new Target(Target.Form.CLASS_INDEX, List.of("a", "b", "c")));
        }

        @Override
        public void readInput(int index, Matrix x, int row) {
            x.set(row, 0, index);
        }

        @Override
        public void readTarget(int index, Matrix y, int row) {
            y.set(row, 0, index % 10 == 9 ? 2 : index % 10 >= 6 ? 1 : 0);
        }

        @Override
        public Provenance provenance() {
            return new Provenance("three classes", "");
        }
    }

    @Test
    void open_stratifiedNumbers_isRefused() {
        HeldOut part = TestNetwork.heldOut(
                Optional.empty(), Optional.of(5), Optional.empty(), Optional.of(true), Optional.empty());
        InputException thrown = assertThrows(InputException.class, () -> open(Optional.of(part), Optional.empty()));
        assertEquals("stratify keeps the shares of the classes, but an example has no class", thrown.getMessage());
        assertEquals(Optional.of("data.test.stratify"), thrown.configPath());
    }

    @Test
    void open_partOfEverything_isRefused() {
        InputException thrown = assertThrows(
                InputException.class,
                () -> open(Optional.of(TestNetwork.split(SIZE, HeldOut.Order.LAST)), Optional.empty()));
        assertEquals("test would take 50 of 50 examples", thrown.getMessage());
        assertEquals(Optional.of("data.test"), thrown.configPath());
    }

    private static Datasets open(Optional<HeldOut> test, Optional<HeldOut> validation) {
        return Datasets.open(TestNetwork.data(SIZE, test, validation), 7, TestNetwork.nowhere());
    }

    private static int[] indices(Dataset dataset) {
        DoubleMatrix x = new DoubleMatrix(dataset.size(), dataset.inputs());
        dataset.readInputs(dataset.inOrder(), 0, 0, dataset.size(), x);
        int[] indices = new int[dataset.size()];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = (int) Math.round(x.get(i, 0) * SIZE);
        }
        return indices;
    }
}
