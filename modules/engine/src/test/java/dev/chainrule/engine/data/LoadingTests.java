package dev.chainrule.engine.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Provenance;
import dev.chainrule.api.error.InputException;
import dev.chainrule.engine.TestNetwork;
import dev.chainrule.engine.experiment.BatchSize;
import dev.chainrule.engine.experiment.ConfigErrors;
import dev.chainrule.engine.experiment.Data;
import dev.chainrule.engine.experiment.HeldOut;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

public final class LoadingTests {
    private static final int SIZE = 50;
    private final InputException broken = new InputException("half of it is missing").inFile("a.gz");

    @Test
    void open_withPartsAndSources_tellsOfEachSourceOnce() {
        List<DataSource> opened = new ArrayList<>();
        Datasets datasets = Datasets.open(
                TestNetwork.data(
                        SIZE,
                        Optional.of(declared(new TestNetwork.Parabola(10))),
                        Optional.of(TestNetwork.split(5, HeldOut.Order.LAST))),
                7,
                TestNetwork.nowhere(),
                opened::add);
        assertEquals(
                List.of(datasets.train().source(), datasets.test().orElseThrow().source()), opened);
        assertSame(
                datasets.train().source(), datasets.validation().orElseThrow().source());
    }

    @Test
    void await_twoBrokenSources_throwsBothInTheOrderOfTheConfigWhateverTheirTime() {
        CountDownLatch second = new CountDownLatch(1);
        Loading loading = new Loading();
        Datasets.open(
                data(
                        late(() -> {
                            await(second);
                            throw broken;
                        }),
                        late(() -> {
                            second.countDown();
                            throw new InputException("not the same digits").atConfig("directory");
                        })),
                7,
                TestNetwork.nowhere(),
                loading::begin);
        InputException thrown = assertThrows(InputException.class, loading::await);
        List<InputException> all = ConfigErrors.of(thrown);
        assertEquals(
                List.of("half of it is missing", "not the same digits"),
                all.stream().map(Throwable::getMessage).toList());
        assertEquals(
                List.of("data.train", "data.test.directory"),
                all.stream().map(e -> e.configPath().orElseThrow()).toList());
        assertEquals(Optional.of("a.gz"), thrown.file());
    }

    @Test
    void await_brokenSource_waitsForTheOthers() {
        CountDownLatch first = new CountDownLatch(1);
        List<String> done = new ArrayList<>();
        Loading loading = new Loading();
        loading.begin(source(() -> {
            first.countDown();
            throw broken;
        }));
        loading.begin(source(() -> {
            await(first);
            done.add("second");
        }));
        assertSame(broken, assertThrows(InputException.class, loading::await));
        assertEquals(List.of("second"), done);
    }

    @Test
    void await_errorOfTheProgram_comesThroughAsItIs() {
        for (Throwable failure : List.of(new IllegalStateException("a bug"), new OutOfMemoryError("too large"))) {
            Loading loading = new Loading();
            loading.begin(source(() -> sneak(failure)));
            assertSame(failure, assertThrows(failure.getClass(), loading::await));
        }
    }

    @Test
    void await_nothingBegun_returns() {
        new Loading().await();
    }

    @Test
    void readInput_ofABrokenSource_saysWhereTheConfigNamesIt() {
        Datasets datasets = Datasets.open(
                data(
                        late(() -> {
                            throw broken;
                        }),
                        late(() -> {})),
                7,
                TestNetwork.nowhere());
        Dataset train = datasets.train();
        for (Runnable read : List.<Runnable>of(
                () -> train.readInputs(train.inOrder(), 0, 0, 1, new DoubleMatrix(1, 1)),
                () -> train.readTarget(0, new DoubleMatrix(1, 1)),
                train::load,
                () -> train.source().provenance())) {
            InputException thrown = assertThrows(InputException.class, read::run);
            assertEquals(Optional.of("data.train"), thrown.configPath());
            assertEquals(Optional.of("a.gz"), thrown.file());
        }
    }

    @Test
    void openDeclared_mistakeWhenOpened_isAtItsPlaceOnce() {
        DataSourceSpec refusing = context -> {
            throw new InputException("no such folder").atConfig("directory");
        };
        InputException thrown = assertThrows(
                InputException.class,
                () -> Datasets.openDeclared(
                        "test",
                        refusing,
                        TestNetwork.nowhere(),
                        new TestNetwork.Parabola(1).open(null).encoding()));
        assertEquals(Optional.of("data.test.directory"), thrown.configPath());
    }

    private static Data data(DataSourceSpec train, DataSourceSpec test) {
        return new Data(
                train,
                Optional.of(declared(test)),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                false,
                new BatchSize(4),
                true);
    }

    private static HeldOut declared(DataSourceSpec source) {
        return TestNetwork.heldOut(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(source));
    }

    private static DataSourceSpec late(Runnable load) {
        return context -> source(load);
    }

    /** Return a parabola that runs something when it is loaded, and is read without. */
    public static DataSource loading(Runnable load) {
        return new Loaded(new TestNetwork.Parabola(SIZE).open((DataContext) null), load, () -> {});
    }

    /** Return a parabola that runs something when it is loaded, and before anything is read of it. */
    private static DataSource source(Runnable load) {
        return new Loaded(new TestNetwork.Parabola(SIZE).open((DataContext) null), load, load);
    }

    private record Loaded(DataSource source, Runnable whenLoaded, Runnable beforeReading) implements DataSource {
        @Override
        public int size() {
            return source.size();
        }

        @Override
        public Encoding encoding() {
            return source.encoding();
        }

        @Override
        public void load() {
            whenLoaded.run();
        }

        @Override
        public void readInput(int index, Matrix x, int row) {
            beforeReading.run();
            source.readInput(index, x, row);
        }

        @Override
        public void readTarget(int index, Matrix y, int row) {
            beforeReading.run();
            source.readTarget(index, y, row);
        }

        @Override
        public Provenance provenance() {
            beforeReading.run();
            return source.provenance();
        }
    }

    private static void sneak(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(1, TimeUnit.MINUTES), "the other source was not loaded at the same time");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
