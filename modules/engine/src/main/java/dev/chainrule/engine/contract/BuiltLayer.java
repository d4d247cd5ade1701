package dev.chainrule.engine.contract;

import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.network.BuildContext;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A layer built outside a network. Its nodes are driven as in a network, and their modifications are watched. */
final class BuiltLayer {
    static final String NAME = "layer";

    private final Kernels kernels;
    private final BuildContext context;
    private final List<Node> nodes;
    private final List<Matrix> values = new ArrayList<>();
    private final List<Matrix> deltas = new ArrayList<>();

    BuiltLayer(LayerSpec spec, Shape input, Kernels kernels) {
        this.kernels = kernels;
        this.context = new BuildContext(NAME, input, kernels, 0);
        this.nodes = spec.build(context);
        for (int i = 0; i <= nodes.size(); i++) {
            values.add(kernels.matrix(0, 0));
            deltas.add(kernels.matrix(0, 0));
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
        return nodes.isEmpty()
                ? context.input().size()
                : nodes.get(nodes.size() - 1).output().size();
    }

    List<Parameter> parameters() {
        return context.parameters();
    }

    /** Return parameters and buffers: all tensors that a model's file contains. */
    SortedMap<String, Matrix> tensors() {
        SortedMap<String, Matrix> tensors = new TreeMap<>(context.buffers());
        parameters().forEach(parameter -> tensors.put(parameter.name(), parameter.value()));
        return tensors;
    }

    /** Copy the tensors of a layer of the same build. */
    BuiltLayer restored(BuiltLayer other) {
        SortedMap<String, Matrix> from = other.tensors();
        tensors().forEach((name, tensor) -> tensor.copyFrom(from.get(name)));
        return this;
    }

    /** Return the output of a batch, in a matrix that the next call overwrites. */
    Matrix forward(Matrix x, Pass pass) {
        values.set(0, x);
        for (int i = 0; i < nodes.size(); i++) {
            Matrix out = values.get(i + 1);
            out.reshape(x.rows(), nodes.get(i).output().size());
            out.fill(Double.NaN);
            nodes.get(i).forward(values.get(i), out, pass);
        }
        return values.get(nodes.size());
    }

    /** Add the branches that the nodes took in the last forward pass. */
    void branches(Branches branches) {
        for (int i = 0; i < nodes.size(); i++) {
            nodes.get(i).branches(values.get(i), values.get(i + 1), branches);
        }
    }

    /** Return ∂C/∂x of the last forward pass, given ∂C/∂out, and leave gradients in the parameters. */
    Matrix backward(Matrix delta, Pass pass) {
        parameters().forEach(parameter -> parameter.gradient().fill(Double.NaN));
        deltas.set(nodes.size(), delta);
        for (int i = nodes.size() - 1; i >= 0; i--) {
            nodes.get(i).gradients(values.get(i), values.get(i + 1), deltas.get(i + 1), pass);
            nodes.get(i).backward(values.get(i), values.get(i + 1), deltas.get(i + 1), dx(i), pass);
        }
        return deltas.get(0);
    }

    /** Do both passes once, and report every foreign matrix that a node modifies and every output that it leaves unwritten. */
    void watch(Matrix x, Matrix delta, Pass pass, Findings findings) {
        List<Matrix> learned =
                copies(parameters().stream().map(Parameter::value).toList());
        forward(x, pass);
        deltas.set(nodes.size(), delta);
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            String of = " of node " + (i + 1) + " (" + node.label() + ")";
            Matrix in = values.get(i);
            Matrix out = kernels.matrix(in.rows(), node.output().size());
            Matrix inBefore = Probe.copy(kernels, in);
            out.fill(Double.NaN);
            node.forward(in, out, pass);
            findings.untouched("x" + of + " after forward", inBefore, in);
            findings.finite("out" + of, out, false, "", out);
            if (!findings.shape("out" + of, in.rows(), node.output().size(), out)) {
                return;
            }
            Matrix back = deltas.get(i + 1);
            Matrix backBefore = Probe.copy(kernels, back);
            Matrix outBefore = Probe.copy(kernels, out);
            node.gradients(in, out, back, pass);
            node.backward(in, out, back, dx(i), pass);
            findings.untouched("x" + of + " after backward", inBefore, in);
            findings.untouched("out" + of + " after backward", outBefore, out);
            findings.untouched("delta" + of + " after backward", backBefore, back);
            findings.finite("dx" + of, deltas.get(i), false, "", in);
            if (!findings.shape("dx" + of, in.rows(), in.columns(), deltas.get(i))) {
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

    List<Matrix> copies(List<Matrix> matrices) {
        return matrices.stream().map(matrix -> Probe.copy(kernels, matrix)).toList();
    }

    private Matrix dx(int node) {
        Matrix dx = deltas.get(node);
        dx.reshape(values.get(node).rows(), values.get(node).columns());
        dx.fill(Double.NaN);
        return dx;
    }
}
