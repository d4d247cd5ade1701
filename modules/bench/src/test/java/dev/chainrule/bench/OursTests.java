package dev.chainrule.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Activation;
import dev.chainrule.bench.copied.CopiedRelu;
import dev.chainrule.bench.copied.CopiedSigmoid;
import dev.chainrule.bench.copied.CopiedTanh;
import dev.chainrule.bench.measure.Contestant.Round;
import dev.chainrule.bench.measure.Workload;
import dev.chainrule.bench.peer.EjmlParts;
import dev.chainrule.bench.scalar.ScalarRelu;
import dev.chainrule.bench.scalar.ScalarSigmoid;
import dev.chainrule.bench.scalar.ScalarTanh;
import dev.chainrule.builtin.data.Split;
import dev.chainrule.builtin.digits.DigitsSource;
import dev.chainrule.engine.experiment.Data;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.model.activation.Relu;
import dev.chainrule.model.activation.Sigmoid;
import dev.chainrule.model.activation.Tanh;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Test that the timed work is a training, and the same one for every contestant. */
final class OursTests {
    private static final int EXAMPLES = 128;

    @ParameterizedTest
    @EnumSource(Workload.class)
    void round_anyKernelsAndThreads_endsWithTheSameBits(Workload workload) {
        Experiment experiment = experiment(workload);
        Round one = round(experiment, 1, Ours::best);
        assertEquals(one.proof(), round(experiment, 2, Ours::best).proof());
        assertEquals(one.proof(), round(experiment, 1, Ours::plain).proof());
        assertEquals(EXAMPLES, one.examples());
        assertTrue(one.seconds() > 0 && one.peak() > 0, one.toString());
    }

    @Test
    void round_copiesOfBuiltinActivations_endsWithTheSameBits() {
        Experiment experiment = experiment(Workload.W1);
        List<Activation> builtin = List.of(new Relu(), new Sigmoid(), new Tanh());
        List<Activation> copied = List.of(new CopiedRelu(), new CopiedSigmoid(), new CopiedTanh());
        List<Activation> scalar = List.of(new ScalarRelu(), new ScalarSigmoid(), new ScalarTanh());
        String proof = round(Experiments.withHidden(builtin, experiment), 1, Ours::best)
                .proof();
        assertEquals(
                proof,
                round(Experiments.withHidden(copied, experiment), 1, Ours::best).proof());
        assertEquals(
                proof,
                round(Experiments.withHidden(scalar, experiment), 1, Ours::best).proof());
    }

    /** EJML adds in another order: other bits, but no other training. A loss of float32 differs by rounding alone. */
    @ParameterizedTest
    @EnumSource(names = {"W1", "W2"})
    void round_productsOfEjml_trainAlike(Workload workload) {
        Experiment experiment = experiment(workload);
        Round ours = round(experiment, 1, Ours::best);
        for (int threads = 1; threads <= 2; threads++) {
            Round ejml = round(experiment, threads, EjmlParts::kernels);
            assertEquals(ours.loss(), ejml.loss(), 1e-4 * ours.loss());
            assertNotEquals(ours.proof(), ejml.proof());
        }
    }

    @Test
    void savedEpochs_everySecondEpoch_areMeasuredWithTheOthers() throws IOException {
        SavedEpochs epochs = new SavedEpochs();
        Experiment saved = Experiments.lasting(5, Experiments.watchedBy(epochs, experiment(Workload.W2)));
        long bytes = CheckpointBench.train(saved, Experiments.datasets(saved), 1);
        int parameters = 784 * 512 + 512 * 512 + 512 * 10 + 512 + 512 + 10;
        assertTrue(bytes > 12L * parameters && bytes < 12L * parameters + 10_000, "three tensors each: " + bytes);
        assertTrue(
                epochs.slowing(1).median() > 0.1 && epochs.seconds(1).least() > 0, "two pairs, the first to warm up");
    }

    private static Round round(
            Experiment experiment, int threads, BiFunction<Experiment, ThreadTeam, Kernels> kernels) {
        try (Ours ours = new Ours("ours", experiment, Experiments.datasets(experiment), threads, kernels)) {
            return ours.round();
        }
    }

    /** The workload's config on generated digits, so that the test is the same everywhere. */
    private static Experiment experiment(Workload workload) {
        Path config = Path.of(System.getProperty("chainrule.root")).resolve(workload.config());
        Experiment read = Experiments.read(config, EXAMPLES);
        Data data = new Data(
                new DigitsSource(Split.TRAIN, Optional.of(EXAMPLES), 0),
                Optional.empty(),
                Optional.empty(),
                read.data().transforms(),
                read.data().augmentation(),
                List.of(),
                false,
                read.data().batchSize(),
                read.data().shuffle());
        return Experiments.on(data, read);
    }
}
