package dev.chainrule.bench.kernel;

import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.RandomStream;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.kernel.KernelParts;

/** The operands of benchmarks: kernels of a kind, and matrices of random numbers. */
final class Operands {
    private Operands() {}

    static Kernels kernels(String kind, Precision precision, ThreadTeam team) {
        System.setProperty(KernelParts.PROPERTY, kind);
        return Kernels.of(precision, team);
    }

    /** Return a matrix of numbers between −1 and 1. */
    static Matrix matrix(Kernels kernels, String name, int rows, int columns) {
        Matrix matrix = kernels.matrix(rows, columns);
        RandomStream stream = RandomStream.of(1, name);
        for (int i = 0; i < rows; i++) {
            var draws = stream.at(0, i);
            for (int j = 0; j < columns; j++) {
                matrix.set(i, j, 2 * draws.uniform() - 1);
            }
        }
        return matrix;
    }
}
