package dev.chainrule.api;

import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;

/**
 * An activation as a stage of a network: its input is z, its output a. The engine knows this node: a loss may fuse with the
 * last one, and a check of BP1 and BP2 perturbs z.
 */
public final class ActivationNode implements Node {
    private final Activation activation;
    private final Shape shape;
    private final Kernels kernels;

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
    }

    /** {@return the function} */
    public Activation activation() {
        return activation;
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
    public void forward(Matrix z, Matrix a, Pass pass) {
        activation.forward(z, a, kernels);
    }

    @Override
    public void backward(Matrix z, Matrix a, Matrix g, Matrix delta, Pass pass) {
        activation.backward(z, a, g, delta, kernels);
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
            activation.backward(z, a, g, delta, kernels);
            for (int i = 0; i < z.rows(); i++) {
                slopes.set(i, j, delta.get(i, j));
            }
        }
    }

    @Override
    public void branches(Matrix z, Matrix a, Branches branches) {
        activation.branches(z, branches);
    }
}
