package dev.chainrule.bench;

import dev.chainrule.bench.measure.Contestant;
import dev.chainrule.bench.measure.Workload;
import dev.chainrule.bench.peer.EjmlParts;
import dev.chainrule.bench.peer.Examples;
import dev.chainrule.bench.peer.NumpyPeer;
import dev.chainrule.bench.peer.Task;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.model.network.Network;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.Set;

/** The factory of contestants by name. */
final class Contestants {
    /** The contestants compiled only with a Maven profile, and hence referred to only by name. */
    private static final Map<String, String> PEERS = Map.of(
            "pytorch", "dev.chainrule.bench.peer.PyTorchPeer",
            "eager", "dev.chainrule.bench.peer.EagerPyTorchPeer",
            "dl4j", "dev.chainrule.bench.peer.Dl4jPeer",
            "onnx", "dev.chainrule.bench.peer.OnnxPeer");

    private static final Set<String> SLOW = Set.of("dl4j", "ejml", "numpy");

    private Contestants() {}

    /**
     * Create a contestant that trains in this JVM, or in a process that it started.
     *
     * @param kind vector, full (inputs without zeros), plain, ejml, numpy, pytorch, eager or dl4j; or for predictions, with the size of their batches,
     *     predict:64 or onnx:64
     */
    static Contestant create(String kind, Workload workload, int threads) {
        String name = kind.split(":")[0];
        int count = SLOW.contains(name) ? Workload.FEWER : workload.examples();
        Experiment experiment = Experiments.read(workload.config(), count);
        int batch = name.equals(kind) ? workload.batch() : Integer.parseInt(kind.split(":")[1]);
        Datasets datasets = Experiments.datasets(experiment);
        return switch (name) {
            case "vector" -> new Ours("vector kernels", experiment, datasets, threads, Ours::best);
            case "full" ->
                new Ours(
                        "vector kernels, no zeros",
                        Experiments.withoutZeros(experiment),
                        datasets,
                        threads,
                        Ours::best);
            case "plain" -> new Ours("plain Java", experiment, datasets, threads, Ours::plain);
            case "ejml" -> new Ours("EJML's products", experiment, datasets, threads, EjmlParts::kernels);
            case "predict" -> predictions(experiment, datasets, batch, threads);
            case "numpy" -> new NumpyPeer(workload, Examples.of(datasets));
            default ->
                peer(
                        name,
                        new Task(
                                workload,
                                experiment,
                                network(experiment, datasets, Ours.plain(experiment, new ThreadTeam(1))),
                                Examples.of(datasets),
                                batch,
                                threads));
        };
    }

    private static Contestant predictions(Experiment experiment, Datasets datasets, int batch, int threads) {
        ThreadTeam team = new ThreadTeam(threads);
        Network network = network(experiment, datasets, Ours.best(experiment, team));
        return new OurPredictions(network, Examples.of(datasets), batch, team);
    }

    private static Network network(Experiment experiment, Datasets datasets, Kernels kernels) {
        return Assembly.of(experiment, datasets, target -> experiment.metrics().orElseThrow(), kernels)
                .network();
    }

    private static Contestant peer(String name, Task task) {
        String type = PEERS.get(name);
        if (type == null) {
            throw new IllegalArgumentException("no contestant is named " + name);
        }
        try {
            return (Contestant) Class.forName(type).getConstructor(Task.class).newInstance(task);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(name + " cannot be set up", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name + " is missing: build with -Ppeers, as make bench-peers does", e);
        }
    }
}
