package dev.chainrule.engine.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Provenance;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.ThreadTeam;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InputReaderTests {
    private static final int INPUTS = 500;
    private static final int SIZE = 200;

    /** 1 row is less than one thread's, 33 are no multiple of the threads, 100 are many. */
    @ParameterizedTest
    @CsvSource({"1, 1", "3, 1", "1, 33", "3, 33", "2, 100", "3, 100"})
    void read_anyThreads_rowsAreTheExamplesInOrder(int threads, int rows) {
        try (ThreadTeam team = new ThreadTeam(threads)) {
            Dataset dataset = Dataset.of("train", new Numbered(() -> {}));
            int[] order = IntStream.range(0, SIZE).map(i -> 7 * i % SIZE).toArray();
            Matrix x = new DoubleMatrix(0, INPUTS);
            InputReader reader = new InputReader(team);
            for (int from : new int[] {0, 7, SIZE - rows}) {
                reader.read(dataset, order, from, rows, x);
                assertEquals(rows, x.rows());
                for (int i = 0; i < rows; i++) {
                    for (int j = 0; j < INPUTS; j++) {
                        assertEquals(Numbered.value(order[from + i], j), x.get(i, j));
                    }
                }
            }
        }
    }

    @Test
    void read_largeBatch_isSharedByThreads() {
        Set<Thread> readers = ConcurrentHashMap.newKeySet();
        CyclicBarrier both = new CyclicBarrier(2);
        Numbered source = new Numbered(() -> {
            if (readers.add(Thread.currentThread())) {
                await(both);
            }
        });
        try (ThreadTeam team = new ThreadTeam(2)) {
            Dataset dataset = Dataset.of("train", source);
            new InputReader(team).read(dataset, dataset.inOrder(), 0, 100, new DoubleMatrix(0, INPUTS));
        }
        assertEquals(2, readers.size());
        assertTrue(readers.contains(Thread.currentThread()));
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("no second thread came", e);
        }
    }

    /** Examples whose numbers say which they are. */
    private record Numbered(Runnable reading) implements DataSource {
        static double value(int index, int j) {
            return index * 1000 + j;
        }

        @Override
        public int size() {
            return SIZE;
        }

        @Override
        public Encoding encoding() {
            return new Encoding(Shape.of(INPUTS), List.of(), new Target(Target.Form.VALUES, List.of("y")));
        }

        @Override
        public void readInput(int index, Matrix x, int row) {
            reading.run();
            for (int j = 0; j < INPUTS; j++) {
                x.set(row, j, value(index, j));
            }
        }

        @Override
        public void readTarget(int index, Matrix y, int row) {
            y.set(row, 0, 0);
        }

        @Override
        public Provenance provenance() {
            return new Provenance("numbers", "0");
        }
    }
}
