package dev.chainrule.model.transform;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.InvertibleTransform;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Strict;
import java.util.function.DoubleUnaryOperator;

/** The natural logarithm: x = ln x, undone by eˣ. Computed in float64. */
@Component("log")
@Doc("Takes the natural logarithm of numbers above 0, such as prices and incomes, whose differences grow "
        + "with their size.")
public record Log() implements TransformSpec {
    @Override
    public boolean beforeRounding() {
        return true;
    }

    @Override
    public Bounds takes() {
        return Bounds.POSITIVE;
    }

    @Override
    public InvertibleTransform create(Encoding encoding, Kernels kernels) {
        return new InvertibleTransform() {
            @Override
            public Encoding encoding() {
                return encoding;
            }

            @Override
            public Matrix inputs(Matrix x) {
                return each(x, Strict::log);
            }

            @Override
            public Matrix undo(Matrix x) {
                return each(x, Strict::exp);
            }
        };
    }

    private static Matrix each(Matrix x, DoubleUnaryOperator function) {
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                x.set(i, j, function.applyAsDouble(x.get(i, j)));
            }
        }
        return x;
    }
}
