package dev.chainrule.model.initializer;

import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;

/** The filling of a matrix with draws, by rows: one draw per element. */
final class Fill {
    private Fill() {}

    /** Fill with mean + std·N(0, 1). */
    static void normal(Matrix w, double mean, double std, Draws draws) {
        for (int i = 0; i < w.rows(); i++) {
            for (int j = 0; j < w.columns(); j++) {
                w.set(i, j, mean + std * draws.normal());
            }
        }
    }

    /** Fill with mean + std·N(0, 1), the latter drawn again until it is within two: one draw per element or more. */
    static void truncatedNormal(Matrix w, double mean, double std, Draws draws) {
        for (int i = 0; i < w.rows(); i++) {
            for (int j = 0; j < w.columns(); j++) {
                double draw = draws.normal();
                while (Math.abs(draw) > 2) {
                    draw = draws.normal();
                }
                w.set(i, j, mean + std * draw);
            }
        }
    }

    /** Fill with min + (max − min)·U[0, 1). */
    static void uniform(Matrix w, double min, double max, Draws draws) {
        for (int i = 0; i < w.rows(); i++) {
            for (int j = 0; j < w.columns(); j++) {
                w.set(i, j, min + (max - min) * draws.uniform());
            }
        }
    }
}
