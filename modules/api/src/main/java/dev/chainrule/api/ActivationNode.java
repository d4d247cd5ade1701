package dev.chainrule.api;

import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.List;

/**
 * An activation as a stage of a network: its input is z, its output a. The engine knows this node: a loss may fuse with the
 * last one, and a check of BP1 and BP2 perturbs z.
 *
 * <p>A function that mixes the elements of a row, such as softmax, mixes those along the last axis: it sees each step of a sequence
 * and each pixel of an image as a row of its own, without a copy.
 */
public final class ActivationNode implements Node {
    private final Activation activation;
    private final Shape shape;
    private final Kernels kernels;
    private final int rows;
    private final Matrix zs;
    private final Matrix as;
    private final Matrix gs;
    private final Matrix deltas;

    /**
     * Create a node for examples of a shape.
     *
     * @param activation the function
     * @param shape of an example, in and out
     * @param kernels the arithmetic, of the precision of the matrices
     */
    public ActivationNode(Activation activation, Shape shape, Kernels kernels) {
        this.activation = activation;
        this.shape = shape;
        this.kernels = kernels;
        List<Integer> sides = shape.dimensions();
        this.rows = activation instanceof Elementwise ? 1 : shape.size() / sides.get(sides.size() - 1);
        this.zs = kernels.matrix(0, 0);
        this.as = kernels.matrix(0, 0);
        this.gs = kernels.matrix(0, 0);
        this.deltas = kernels.matrix(0, 0);
    }

    /** {@return the function} */
    public Activation activation() {
        return activation;
    }

    /**
     * {@return whether each row of an example is computed separately, so that a loss that sees these rows may fuse with the function}
     *
     * @param count the number of equal rows into which an example is divided
     */
    public boolean separates(int count) {
        return activation instanceof Elementwise || rows == count;
    }

    @Override
    public String label() {
        Component component = activation.getClass().getAnnotation(Component.class);
        return component == null ? "activation" : component.value();
    }

    @Override
    public Shape output() {
        return shape;
    }

    @Override
    public boolean canAccumulate() {
        return true;
    }

    @Override
    public void forward(Matrix z, Matrix a, Pass pass) {
        a.reshape(z.rows(), z.columns());
        activation.forward(split(z, zs), split(a, as), kernels);
    }

    @Override
    public void backward(Matrix z, Matrix a, Matrix g, Matrix delta, Pass pass) {
        differentiate(z, a, g, delta);
    }

    private void differentiate(Matrix z, Matrix a, Matrix g, Matrix delta) {
        delta.reshape(z.rows(), z.columns());
        activation.backward(split(z, zs), split(a, as), split(g, gs), split(delta, deltas), kernels);
    }

    /** Return a matrix [batch, rows·n] as [batch·rows, n]; itself if the function sees examples. */
    private Matrix split(Matrix whole, Matrix view) {
        return rows == 1 ? whole : view.view(whole, whole.rows() * rows, whole.columns() / rows);
    }

    /**
     * Compute how much each unit's output changes with its own z: σ′(z), or the diagonal ∂aⱼ/∂zⱼ of the Jacobian if the
     * function mixes the elements of a row.
     *
     * @param z [batch, units]. Not modified.
     * @param a [batch, units] σ(z). Not modified.
     * @param slopes [batch, units]. Modified.
     */
    public void slopes(Matrix z, Matrix a, Matrix slopes) {
        slopes.reshape(z.rows(), z.columns());
        Matrix g = kernels.matrix(z.rows(), z.columns());
        if (activation instanceof Elementwise) {
            g.fill(1);
            activation.backward(z, a, g, slopes, kernels);
            return;
        }
        Matrix delta = kernels.matrix(z.rows(), z.columns());
        for (int j = 0; j < z.columns(); j++) {
            g.fill(0);
            for (int i = 0; i < z.rows(); i++) {
                g.set(i, j, 1);
            }
            differentiate(z, a, g, delta);
            for (int i = 0; i < z.rows(); i++) {
                slopes.set(i, j, delta.get(i, j));
            }
        }
    }

    @Override
    public void branches(Matrix z, Matrix a, Branches branches) {
        activation.branches(split(z, zs), branches);
    }
}
