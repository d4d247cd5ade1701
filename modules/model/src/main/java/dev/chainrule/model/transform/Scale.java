package dev.chainrule.model.transform;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.InvertibleTransform;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.stream.IntStream;

/**
 * Multiplication of every input by a number, and addition of another: x = fma(x, by, offset), undone by (x −
 * offset)/by. With an offset it is computed in float64; without one in the run's precision, {@code by} rounded to it
 * first.
 */
@Component("scale")
@Doc("Multiplies every input by a number and adds another: bytes times 1/255 are between 0 and 1.")
public record Scale(
        @Doc("The factor, as in 1/255; not 0.") double by,

        @Doc("The number to add after multiplying.") @Default("0")
        double offset)
        implements TransformSpec {
    public Scale {
        ParameterException.require(Double.isFinite(by) && by != 0, "by", by, "a finite number other than 0");
        ParameterException.require(Double.isFinite(offset), "offset", offset, "a finite number");
    }

    /**
     * Return whether there is an offset: it may remove the common part of large numbers, while a factor preserves their
     * digits.
     */
    @Override
    public boolean beforeRounding() {
        return offset != 0;
    }

    @Override
    public InvertibleTransform create(Encoding encoding, Kernels kernels) {
        int inputs = encoding.shape().size();
        Matrix factors = kernels.matrix(1, inputs);
        factors.fill(by);
        Matrix offsets = kernels.matrix(1, inputs);
        offsets.fill(offset);
        Encoding scaled =
                ChosenColumns.asNumbers(encoding, IntStream.range(0, inputs).toArray());
        return new InvertibleTransform() {
            @Override
            public Encoding encoding() {
                return scaled;
            }

            @Override
            public Matrix inputs(Matrix x) {
                kernels.multiplyAddRow(x, factors, offsets);
                return x;
            }

            @Override
            public Matrix undo(Matrix x) {
                for (int i = 0; i < x.rows(); i++) {
                    for (int j = 0; j < x.columns(); j++) {
                        x.set(i, j, (x.get(i, j) - offset) / by);
                    }
                }
                return x;
            }
        };
    }
}
