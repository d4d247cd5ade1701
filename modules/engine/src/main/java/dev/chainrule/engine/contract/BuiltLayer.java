package dev.chainrule.engine.contract;

import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.network.BackwardOrder;
import dev.chainrule.model.network.Graph;
import dev.chainrule.model.network.Network;
import dev.chainrule.model.network.Topology;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** A network of one layer, whose modifications of matrices are watched. A layer that joins values reads two multiples of the input. */
final class BuiltLayer {
    private final Kernels kernels;
    private final Network network;
    private final Graph graph;
    private final Topology topology;

    BuiltLayer(LayerSpec spec, Shape input, Kernels kernels) {
        this.kernels = kernels;
        this.network = network(spec, input, kernels);
        this.graph = network.graph();
        this.topology = network.topology();
    }

    private static Network network(LayerSpec spec, Shape input, Kernels kernels) {
        try {
            return Network.build(List.of(new NamedLayer(Optional.of("layer"), spec)), input, kernels, 0);
        } catch (InputException refused) {
            try {
                return Network.build(joining(spec), input, kernels, 0);
            } catch (InputException refusedToo) {
                throw refused;
            }
        }
    }

    private static List<NamedLayer> joining(LayerSpec spec) {
        OneOrMore<String> input = new OneOrMore<>(List.of("input"));
        OneOrMore<String> both = new OneOrMore<>(List.of("first", "second"));
        return List.of(
                new NamedLayer(Optional.of("first"), Optional.of(input), multiple(0.75)),
                new NamedLayer(Optional.of("second"), Optional.of(input), multiple(-1.25)),
                new NamedLayer(Optional.of("layer"), Optional.of(both), spec));
    }

    private static LayerSpec multiple(double factor) {
        return context -> context.chain(new Multiple(factor, context.input(), context.kernels()));
    }

    /** out = factor·x. */
    private record Multiple(double factor, Shape output, Kernels kernels) implements Node {
        @Override
        public String label() {
            return "multiple";
        }

        @Override
        public void forward(Matrix x, Matrix out, Pass pass) {
            out.copyFrom(x);
            kernels.scale(factor, out);
        }

        @Override
        public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
            dx.copyFrom(delta);
            kernels.scale(factor, dx);
        }
    }

    /** The place of a pass in a run. */
    record Place(boolean training, boolean tracksStatistics, int epoch, long position) implements Pass {
        static final Place TRAINING = new Place(true, true, 0, 0);
        /** The pass of a gradient check: training that leaves no traces. */
        static final Place CHECK = new Place(true, false, 0, 0);

        static final Place INFERENCE = new Place(false, false, 0, 0);
    }

    /** Return the number of outputs per example. */
    int outputs() {
        return network.output().size();
    }

    List<Parameter> parameters() {
        return network.parameters();
    }

    /** Return parameters and buffers: all tensors that a model's file contains. */
    SortedMap<String, Matrix> tensors() {
        return network.tensors();
    }

    /** Copy the tensors of a layer of the same build. */
    BuiltLayer restored(BuiltLayer other) {
        network.copyTensors(other.network);
        return this;
    }

    /** Return the output of a batch, in a matrix that the next call overwrites. */
    Matrix forward(Matrix x, Pass pass) {
        for (int v = 1; v < topology.size(); v++) {
            if (!topology.isShared(v)) {
                graph.out(v).reshape(x.rows(), topology.stage(v).output().size());
                graph.out(v).fill(Double.NaN);
            }
        }
        return network.forward(x, pass);
    }

    /** Return what the stages added to the cost in the last forward pass, a training pass. */
    double addedCost() {
        return network.addedCosts().addTo(0);
    }

    /** Add the branches that the stages took in the last forward pass. */
    void branches(Branches branches) {
        graph.branches(topology.downstream(topology.readers(0)), branches);
    }

    /** Return ∂C/∂x of the last forward pass, given ∂C/∂out, and leave gradients in the parameters. */
    Matrix backward(Matrix delta, Pass pass) {
        graph.backwardToInput(gradients(delta, pass), pass);
        return graph.delta(0);
    }

    /** Leave gradients in the parameters, given ∂C/∂out of the last forward pass. */
    BackwardOrder gradients(Matrix delta, Pass pass) {
        network.fillGradients(Double.NaN);
        graph.delta(topology.last()).copyFrom(delta);
        BackwardOrder order = new BackwardOrder(topology, topology.last());
        network.backward(order, pass);
        return order;
    }

    /** Let passes compute some rows at once; return false if the layer needs the whole batch. */
    boolean divide(int rows) {
        boolean divides = network.needsWholeBatch().isEmpty();
        if (divides) {
            network.inParts(rows);
        }
        return divides;
    }

    /** Do both passes once, and report every foreign matrix that a stage modifies and every output that it leaves unwritten. */
    void watch(Matrix x, Matrix delta, Pass pass, Findings findings) {
        List<Matrix> learned =
                copies(parameters().stream().map(Parameter::value).toList());
        forward(x, pass);
        backward(delta, pass);
        for (int v = topology.last(); v > 0; v--) {
            if (!watch(v, pass, findings)) {
                return;
            }
        }
        for (int i = 0; i < learned.size(); i++) {
            findings.untouched(
                    parameters().get(i).name() + " after both passes",
                    learned.get(i),
                    parameters().get(i).value());
        }
    }

    /** Watch one stage; return whether its matrices keep their shapes. */
    private boolean watch(int v, Pass pass, Findings findings) {
        String of = " of node " + v + " (" + topology.stage(v).label() + ")";
        boolean shared = topology.isShared(v);
        Matrix out = shared ? Probe.copy(kernels, graph.out(v)) : graph.out(v);
        int rows = out.rows();
        List<Matrix> before = copies(graph.read(v));
        out.fill(Double.NaN);
        graph.compute(v, out, pass);
        untouched("x" + of + " after forward", before, graph.read(v), findings);
        findings.finite("out" + of, out, false, "", out);
        if (!findings.shape("out" + of, rows, topology.stage(v).output().size(), out)) {
            return false;
        }
        if (shared) {
            findings.same("out" + of + ", a reshape", before.get(0), out, "", out);
        }
        Matrix back = graph.delta(v);
        Matrix backBefore = Probe.copy(kernels, back);
        Matrix outBefore = Probe.copy(kernels, out);
        graph.gradients(v, pass);
        for (int k = 0; k < topology.inputs(v); k++) {
            Matrix in = graph.read(v).get(k);
            Matrix dx = kernels.matrix(in.rows(), in.columns());
            dx.fill(Double.NaN);
            graph.gradient(v, k, dx, pass);
            untouched("x" + of + " after backward", before, graph.read(v), findings);
            findings.untouched("out" + of + " after backward", outBefore, out);
            findings.untouched("delta" + of + " after backward", backBefore, back);
            findings.finite("dx" + of, dx, false, "", in);
            if (shared) {
                findings.same("dx" + of + ", a reshape", back, dx, "", in);
            }
            if (!findings.shape("dx" + of, in.rows(), in.columns(), dx)) {
                return false;
            }
        }
        return true;
    }

    private static void untouched(String name, List<Matrix> before, List<Matrix> now, Findings findings) {
        for (int k = 0; k < before.size(); k++) {
            findings.untouched(name, before.get(k), now.get(k));
        }
    }

    List<Matrix> copies(List<Matrix> matrices) {
        return matrices.stream().map(matrix -> Probe.copy(kernels, matrix)).toList();
    }
}
