package dev.chainrule.model.initializer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Initializer;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;

/** An initializer that sets every element to 0. Right for biases; weights that are all equal learn the same thing. */
@Component("zeros")
@Doc("Zeros: for biases.")
public record Zeros() implements Initializer {
    @Override
    public void fill(Matrix w, int fanIn, int fanOut, Draws draws) {
        w.fill(0);
    }
}
