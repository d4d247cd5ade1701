package dev.chainrule.math.kernel;

import dev.chainrule.math.Matrix;
import java.util.List;

/** The matrices of a former call, handed out again in the same order. */
final class KeptOperands implements KernelCases.Operands {
    private final KernelCases.Operands shapes;
    private final List<Matrix> matrices;
    private int next;

    KeptOperands(KernelCases.Operands shapes, List<Matrix> matrices) {
        this.shapes = shapes;
        this.matrices = matrices;
    }

    KeptOperands again() {
        next = 0;
        return this;
    }

    @Override
    public int m() {
        return shapes.m();
    }

    @Override
    public int n() {
        return shapes.n();
    }

    @Override
    public int k() {
        return shapes.k();
    }

    @Override
    public boolean choice() {
        return shapes.choice();
    }

    @Override
    public Matrix matrix(int rows, int columns) {
        return matrices.get(next++);
    }

    @Override
    public List<Matrix> several(int rows, int columns) {
        return matrices;
    }

    @Override
    public Matrix positive(int rows, int columns) {
        return matrices.get(next++);
    }

    @Override
    public Matrix result(int rows, int columns, boolean keepsShape) {
        return matrices.get(next++);
    }
}
