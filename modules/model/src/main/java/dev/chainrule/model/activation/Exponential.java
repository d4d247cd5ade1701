package dev.chainrule.model.activation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.math.Strict;

/**
 * The exponential function: a = eᶻ, σ′ = a. An output for positive numbers such as rates; it grows without limit.
 */
@Component("exponential")
@Doc("The exponential function, a = e^z: for outputs that are positive, such as rates.")
public record Exponential() implements Elementwise {
    @Override
    public double value(double z) {
        return Strict.exp(z);
    }

    @Override
    public double derivative(double z, double a) {
        return a;
    }

    @Override
    public Bounds outputs() {
        return Bounds.from(0);
    }
}
