package dev.chainrule.model.layer;

import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Axis;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * A node that computes each step of a sequence, or each pixel of an image, as another node computes an example: that node sees matrices
 * [batch, steps·n] as [batch·steps, n], without a copy. It must not draw random numbers, since the position of a pass counts examples.
 */
public final class PerStepNode implements Node {
    private final Node node;
    private final int steps;
    private final Shape output;
    private final Matrix xs;
    private final Matrix outs;
    private final Matrix deltas;
    private final Matrix dxs;

    private PerStepNode(Node node, Shape output, Kernels kernels) {
        this.node = node;
        this.steps = output.size() / node.output().size();
        this.output = output;
        this.xs = kernels.matrix(0, 0);
        this.outs = kernels.matrix(0, 0);
        this.deltas = kernels.matrix(0, 0);
        this.dxs = kernels.matrix(0, 0);
    }

    /** Return a node for inputs of a shape: itself, unless they are sequences. */
    public static Node of(Node node, Shape input, Kernels kernels) {
        return isSequence(input) ? ofPlaces(node, input, kernels) : node;
    }

    /** Return a node for inputs of a shape: itself, unless they are sequences or images. */
    public static Node ofPlaces(Node node, Shape input, Kernels kernels) {
        List<Integer> sides = new ArrayList<>(input.dimensions());
        sides.set(sides.size() - 1, node.output().size());
        return sides.size() == 1 ? node : new PerStepNode(node, new Shape(sides), kernels);
    }

    /** Return the shape that a node wrapped by {@link #of} sees: a step of a sequence, else the input itself. */
    public static Shape seen(Shape input) {
        return isSequence(input) ? Shape.of(input.dimensions().get(1)) : input;
    }

    private static boolean isSequence(Shape input) {
        return input.axes().contains(Axis.STEPS);
    }

    @Override
    public String label() {
        return node.label();
    }

    @Override
    public Shape output() {
        return output;
    }

    @Override
    public long flops() {
        return steps * node.flops();
    }

    @Override
    public long kept(int batch, int most) {
        return node.kept(rows(batch), rows(most));
    }

    private int rows(int examples) {
        return (int) Math.min((long) examples * steps, Integer.MAX_VALUE);
    }

    /** Return false if there are several steps or pixels: those of one example have statistics. */
    @Override
    public boolean usesBatchStatistics() {
        return steps == 1 && node.usesBatchStatistics();
    }

    @Override
    public boolean canAccumulate() {
        return node.canAccumulate();
    }

    @Override
    public boolean isAffine() {
        return node.isAffine();
    }

    @Override
    public void forward(Matrix x, Matrix out, Pass pass) {
        out.reshape(x.rows(), output.size());
        node.forward(split(x, xs), split(out, outs), pass);
    }

    @Override
    public void gradients(Matrix x, Matrix out, Matrix delta, Pass pass) {
        node.gradients(split(x, xs), split(out, outs), split(delta, deltas), pass);
    }

    @Override
    public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
        dx.reshape(x.rows(), x.columns());
        node.backward(split(x, xs), split(out, outs), split(delta, deltas), split(dx, dxs), pass);
    }

    @Override
    public void branches(Matrix x, Matrix out, Branches branches) {
        node.branches(split(x, xs), split(out, outs), branches);
    }

    /** Return a matrix [batch, steps·n] as [batch·steps, n]. */
    private Matrix split(Matrix whole, Matrix view) {
        return view.view(whole, whole.rows() * steps, whole.columns() / steps);
    }
}
