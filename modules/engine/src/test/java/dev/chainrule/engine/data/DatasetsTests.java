package dev.chainrule.engine.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.error.InputException;
import dev.chainrule.engine.TestNetwork;
import dev.chainrule.engine.experiment.HeldOut;
import dev.chainrule.math.DoubleMatrix;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

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
        HeldOut tenth =
                new HeldOut(Optional.of(0.11), Optional.empty(), Optional.of(HeldOut.Order.LAST), Optional.empty());
        assertEquals(
                6,
                open(Optional.empty(), Optional.of(tenth))
                        .validation()
                        .orElseThrow()
                        .size());
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
