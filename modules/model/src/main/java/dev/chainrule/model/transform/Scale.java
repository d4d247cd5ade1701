package dev.chainrule.model.transform;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.InvertibleTransform;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.NameLists;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.error.Suggestion;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Multiplication of every input, or of those of a named input, by a number, and addition of another: x = fma(x, by, offset), undone by
 * (x − offset)/by. With an offset it is computed in float64; without one in the run's precision, {@code by} rounded to it
 * first.
 */
@Component("scale")
@Doc("Multiplies every input by a number and adds another: bytes times 1/255 are between 0 and 1.")
public record Scale(
        @Doc("The factor, as in 1/255; not 0.") double by,

        @Doc("The number to add after multiplying.") @Default("0")
        double offset,

        @Doc("The named input to scale, such as a picture beside the columns of a table; by default, all.")
        Optional<String> input)
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
        Optional<Encoding.Input> part = input.map(name -> named(name, encoding));
        int first = part.map(encoding::first).orElse(0);
        int end = first + part.map(each -> each.shape().size()).orElse(inputs);
        Matrix factors = kernels.matrix(1, inputs);
        factors.fill(1);
        Matrix offsets = kernels.matrix(1, inputs);
        offsets.fill(-0.0); // x + −0 is x, even if x is −0
        for (int j = first; j < end; j++) {
            factors.set(0, j, by);
            offsets.set(0, j, offset);
        }
        Encoding scaled =
                ChosenColumns.asNumbers(encoding, IntStream.range(first, end).toArray());
        return new InvertibleTransform() {
            @Override
            public Encoding encoding() {
                return scaled;
            }

            @Override
            public boolean reads(int each) {
                return each >= first && each < end;
            }

            @Override
            public Matrix inputs(Matrix x) {
                kernels.multiplyAddRow(x, factors, offsets);
                return x;
            }

            @Override
            public Matrix undo(Matrix x) {
                for (int i = 0; i < x.rows(); i++) {
                    for (int j = first; j < end; j++) {
                        x.set(i, j, (x.get(i, j) - offset) / by);
                    }
                }
                return x;
            }
        };
    }

    private static Encoding.Input named(String name, Encoding encoding) {
        List<String> known =
                encoding.inputs().stream().map(Encoding.Input::name).toList();
        return encoding.input(name)
                .orElseThrow(() -> new InputException(
                                "there is no input '" + name + "'",
                                known.isEmpty()
                                        ? "The examples have no named inputs: remove input."
                                        : Suggestion.didYouMean(name, known) + "Inputs: " + NameLists.shown(known)
                                                + ".")
                        .atConfig("input"));
    }
}
