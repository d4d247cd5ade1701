package dev.chainrule.model.initializer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Initializer;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;

/**
 * An initializer that stores gain on the diagonal and 0 elsewhere, also if the matrix has more rows than columns or fewer.
 *
 * <p>Source: Q. Le, N. Jaitly, G. Hinton, "A Simple Way to Initialize Recurrent Networks of Rectified Linear Units", 2015, section 2.
 */
@Component("identity")
@Doc("The identity matrix times a number: output j begins as input j.")
public record IdentityMatrix(
        @Doc("The number on the diagonal.") @Default("1") double gain) implements Initializer {
    public IdentityMatrix {
        ParameterException.require(Double.isFinite(gain), "gain", gain, "a finite number");
    }

    @Override
    public void fill(Matrix w, int fanIn, int fanOut, Draws draws) {
        w.fill(0);
        for (int i = 0; i < Math.min(w.rows(), w.columns()); i++) {
            w.set(i, i, gain);
        }
    }
}
