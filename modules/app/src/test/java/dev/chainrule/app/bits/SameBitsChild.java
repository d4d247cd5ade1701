package dev.chainrule.app.bits;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.training.Console;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.api.training.State;
import dev.chainrule.app.run.TrainingModule;
import dev.chainrule.app.run.Wiring;
import dev.chainrule.app.testing.ChildRuns;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.record.Blame;
import dev.chainrule.engine.record.HashChain;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.TextFilter;
import dev.chainrule.engine.training.Interruption;
import dev.chainrule.engine.training.RunPlan;
import dev.chainrule.engine.training.TrainingRun;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.kernel.KernelParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Train networks one after another and print a hash of each run's files, and the last link of its chain: the child JVM
 * of {@link SameBitsMatrixTests}. It runs the same code as the command {@code run}, without the start-up of command
 * line, config and wiring.
 */
final class SameBitsChild {
    /** Begins each line meant for the parent; the JVM too prints on standard output. */
    static final String MARK = "same-bits ";

    private static final Console SILENT = new Console() {
        @Override
        public boolean live() {
            return false;
        }

        @Override
        public int width() {
            return 0;
        }

        @Override
        public void line(String text) {}

        @Override
        public void status(String text) {}
    };

    private SameBitsChild() {}

    /** Train each of {@code TINY:FLOAT32:2:vector}: network, precision, number of threads, and kernels if they are not the machine's. */
    public static void main(String[] args) throws IOException {
        System.out.println(MARK + kernels() + " kernels, " + vectorBits() + " bits, " + System.getProperty("os.arch"));
        for (String training : args) {
            String[] words = training.split(":");
            if (words.length > 3) {
                System.setProperty(KernelParts.PROPERTY, words[3]);
            }
            Experiment experiment = SameBitsNetworks.valueOf(words[0]).experiment(Precision.valueOf(words[1]));
            System.out.println(MARK + training + " " + train(experiment, Integer.parseInt(words[2])));
        }
    }

    /** Return which kernels compute here; the trainings are too short to go over from plain ones to vectors. */
    private static String kernels() {
        return switch (System.getProperty(KernelParts.PROPERTY, "")) {
            case "vector" -> "vector";
            case "plain" -> "plain";
            default -> KernelParts.vector().isPresent() ? "plain, later vector" : "plain";
        };
    }

    private static String train(Experiment experiment, int threads) throws IOException {
        Path run = Files.createTempDirectory(Path.of("").toAbsolutePath(), "run-");
        try (ThreadTeam team = new ThreadTeam(threads)) {
            Kernels kernels = Kernels.of(experiment.precision(), team);
            Datasets datasets = Datasets.open(
                    experiment.data(),
                    experiment.seed(),
                    new Datasets.Surroundings(run, true, name -> Optional.empty(), true));
            Assembly assembly = Assembly.of(
                    experiment, datasets, target -> experiment.metrics().orElse(SameBitsNetworks.METRICS), kernels);
            List<Parameter> trainable = assembly.network().parameters().stream()
                    .filter(Parameter::trainable)
                    .toList();
            RunPlan plan = new RunPlan(experiment.name().orElseThrow(), Map.of(), new State(), Long.MAX_VALUE);
            Optimizer optimizer = experiment.optimizer().create(trainable, kernels);
            Wiring.of(new TrainingModule(experiment, assembly, optimizer, new RunDirectory(run), plan), binder -> {
                        binder.bind(Clock.class).toInstance(Clock.systemUTC());
                        binder.bind(Console.class).toInstance(SILENT);
                        binder.bind(Interruption.class).toInstance(new Interruption());
                        binder.bind(TextFilter.class).toInstance(TextFilter.NONE);
                        binder.bind(Blame.Judge.class).toInstance(Blame::of);
                    })
                    .getInstance(TrainingRun.class)
                    .run();
        }
        return ChildRuns.hash(run) + " "
                + HashChain.read(new RunDirectory(run).chain()).last();
    }

    /** Return the length of the vectors that the JVM prefers here, 0 where it has no Vector API. */
    private static int vectorBits() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return 0;
        }
        try {
            Object shape = Class.forName("jdk.incubator.vector.VectorShape")
                    .getMethod("preferredShape")
                    .invoke(null);
            return (int) shape.getClass().getMethod("vectorBitSize").invoke(shape);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
