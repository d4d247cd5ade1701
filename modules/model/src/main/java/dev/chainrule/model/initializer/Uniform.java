package dev.chainrule.model.initializer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Initializer;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;

/** An initializer that draws w from U[min, max). */
@Component("uniform")
@Doc("Uniform draws between two numbers, regardless of the number of inputs.")
public record Uniform(
        @Doc("The smallest value.") double min,
        @Doc("The upper limit, which is not included.") double max) implements Initializer {
    public Uniform {
        ParameterException.require(Double.isFinite(min), "min", min, "a finite number");
        ParameterException.require(
                max >= min && Double.isFinite(max - min),
                "max",
                max,
                "a finite number, min (" + Numbers.format(min) + ") or more");
    }

    @Override
    public void fill(Matrix w, int fanIn, int fanOut, Draws draws) {
        Fill.uniform(w, min, max, draws);
    }
}
