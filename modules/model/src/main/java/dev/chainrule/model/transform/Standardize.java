package dev.chainrule.model.transform;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.InvertibleTransform;
import dev.chainrule.math.Kernels;

/** A transform of every input to mean 0 and standard deviation 1, as measured on the training examples only. */
@Component("standardize")
@Doc("Scales every input to mean 0 and standard deviation 1, as measured on the training examples; both are "
        + "stored with the model.")
public record Standardize() implements TransformSpec {
    @Override
    public InvertibleTransform create(Encoding encoding, Kernels kernels) {
        return new Standardization(encoding, kernels);
    }

    @Override
    public boolean beforeRounding() {
        return true;
    }
}
