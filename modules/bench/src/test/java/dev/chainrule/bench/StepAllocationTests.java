package dev.chainrule.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Provenance;
import dev.chainrule.bench.measure.Workload;
import dev.chainrule.builtin.data.Split;
import dev.chainrule.builtin.digits.DigitsSource;
import dev.chainrule.engine.experiment.Data;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.math.Matrix;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hold that a warm step of a whole training allocates nothing: read, transform, forward, backward, update, record. */
@Tag("slow")
final class StepAllocationTests {
    private static final int DIGITS = 1_000;

    /** Layers before those of a workload: values read several times, each kind of join, a shortcut, a shared layer. */
    private static final String BRANCHES = """
              - { type: dense, units: 32, activation: relu, name: stem }
              - { type: residual, layers: [ { type: dense, units: 32, activation: tanh } ] }
              - { type: residual, layers: [ { type: dense, units: 24, activation: tanh } ] }
              - { type: parallel, join: mean, branches: { a: [ { type: dense, units: 24, activation: tanh } ], b: [] } }
              - { type: dense, units: 24, activation: sigmoid, from: stem, name: gate }
              - { type: multiply, from: [ parallel_1, gate, gate ] }
              - { type: same_as, layer: stem, from: input }
              - { type: concat, from: [ multiply_1, same_as_1 ] }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "W1, false, false, 1000, 60000",
        "W1, true, false, 1000, 60000",
        "W1, true, true, 1000, 60000",
        "W2, false, false, 300, 8000"
    })
    void steps_warm_allocateNothing(Workload workload, boolean branched, boolean recompute, int inARow, int most)
            throws IOException {
        Path config = Path.of(System.getProperty("chainrule.root")).resolve(workload.config());
        if (branched) {
            String text = Files.readString(config)
                    .replace("model:\n", "model:\n" + BRANCHES)
                    .replace("{ epochs: 1 }", "{ epochs: 1, recompute: " + recompute + " }");
            assertTrue(text.contains("same_as") && text.contains("recompute"), text);
            config = Files.writeString(folder.resolve("branched.yaml"), text);
        }
        check(config, new DigitsSource(Split.TRAIN, Optional.of(DIGITS), 0), inARow, most);
    }

    /** Threads compute whole shards: the thread that is watched computes one or two of three. */
    @Test
    void steps_ofShards_allocateNothing() throws IOException {
        Path w2 = Path.of(System.getProperty("chainrule.root")).resolve(Workload.W2.config());
        String text = Files.readString(w2).replace("epochs: 1 }", "epochs: 1, shards: 3 }");
        assertTrue(text.contains("shards"), text);
        Path config = Files.writeString(folder.resolve("shards.yaml"), text);
        check(config, new DigitsSource(Split.TRAIN, Optional.of(DIGITS), 0), 300, 8000);
    }

    /** Convolutions, and a target for each pixel: the loss sees the outputs as one row for each. */
    @Test
    void steps_ofConvolutionsAndMasks_allocateNothing() throws IOException {
        Path config = Path.of(System.getProperty("chainrule.root"), "configs/examples/masks.yaml");
        check(config, Experiments.read(config, DIGITS).data().train(), 300, 20_000);
    }

    private static void check(Path config, DataSourceSpec source, int inARow, int most) {
        Experiment read = Experiments.read(config, DIGITS);
        int batch = read.data().batchSize().examples();
        Watch watch = new Watch(inARow);
        Data data = new Data(
                context -> new Repeated(source.open(context), most * batch, watch),
                Optional.empty(),
                Optional.empty(),
                read.data().transforms(),
                read.data().augmentation(),
                List.of(),
                false,
                read.data().batchSize(),
                true);
        Experiment experiment = Experiments.on(data, read);
        try (Ours ours = new Ours("ours", experiment, Experiments.datasets(experiment), 2, Ours::best)) {
            ours.round();
        } catch (Enough e) {
            // as is meant
        }
        System.out.println(config.getFileName() + ": " + watch.longest
                + " steps in a row allocated nothing, the last of them step " + watch.step);
        assertTrue(
                watch.longest >= inARow,
                () -> watch.longest + " steps in a row allocated nothing, " + inARow
                        + " are asked for; the last that did, step " + watch.last + ", allocated " + watch.bytes
                        + " bytes");
    }

    /** End a training that has reached its purpose. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Count the steps in a row between whose beginnings the thread that trains has allocated nothing. */
    private static final class Watch {
        private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private final long own = Thread.currentThread().getId();
        private final int enough;
        private long step;
        private long before;
        private int row;
        private int longest;
        private long last;
        private long bytes;

        Watch(int enough) {
            this.enough = enough;
        }

        void step() {
            long now = threads.getThreadAllocatedBytes(own);
            step++;
            if (now == before) {
                row++;
                longest = Math.max(longest, row);
                if (longest == enough) {
                    throw new Enough();
                }
            } else {
                row = 0;
                last = step;
                bytes = now - before;
            }
            before = now;
        }
    }

    /** Read few examples again and again, so that an epoch is long: its end may allocate. */
    private record Repeated(DataSource source, int size, Watch watch) implements DataSource {
        @Override
        public Encoding encoding() {
            return source.encoding();
        }

        @Override
        public void readInput(int index, Matrix x, int row) {
            if (row == 0) {
                watch.step();
            }
            source.readInput(index % source.size(), x, row);
        }

        @Override
        public void readTarget(int index, Matrix y, int row) {
            source.readTarget(index % source.size(), y, row);
        }

        @Override
        public Provenance provenance() {
            return source.provenance();
        }
    }
}
