package dev.chainrule.model.initializer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Initializer;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;

/** An initializer that sets every element to one value. */
@Component("constant")
@Doc("The same value for all elements. A number is short for it: biases: 0.1.")
public record Constant(
        @Doc("The value of all elements: any finite number.")
        double value) implements Initializer {
    public Constant {
        ParameterException.require(Double.isFinite(value), "value", value, "a finite number");
    }

    @Override
    public void fill(Matrix w, int fanIn, int fanOut, Draws draws) {
        w.fill(value);
    }
}
