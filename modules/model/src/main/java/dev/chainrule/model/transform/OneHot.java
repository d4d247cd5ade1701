package dev.chainrule.model.transform;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.data.Transform;
import dev.chainrule.api.error.InputException;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.List;

/** The encoding of a class number as a row with 1 in the class's column and 0 elsewhere. */
@Component("one_hot")
@Doc("Encodes each class as a row of zeros with a 1 in the class's column, as the quadratic loss requires.")
public record OneHot() implements TransformSpec {
    @Override
    public Transform create(Encoding encoding, Kernels kernels) {
        List<String> names = encoding.target().names();
        if (encoding.target().form() != Target.Form.CLASS_INDEX) {
            throw new InputException(
                    encoding.target().isClass()
                            ? "the targets are one-hot already"
                            : names.isEmpty()
                                    ? "there are no classes: the target is the input"
                                    : "the targets are numbers ("
                                            + encoding.target().listed() + "), not classes",
                    "Remove one_hot.");
        }
        Encoding encoded = encoding.with(
                new Target(Target.Form.ONE_HOT, names, encoding.target().positions()));
        Matrix rows = kernels.matrix(0, names.size());
        return new Transform() {
            @Override
            public Encoding encoding() {
                return encoded;
            }

            @Override
            public Matrix targets(Matrix y) {
                rows.reshape(y.rows(), names.size());
                rows.fill(0);
                for (int i = 0; i < y.rows(); i++) {
                    rows.set(i, (int) y.get(i, 0), 1);
                }
                return rows;
            }
        };
    }
}
