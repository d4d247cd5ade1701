package @package@;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Transform;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;

@Component("@name@")
@Doc("Brings every input to at most a limit, and at least minus that limit.")
public record @Name@(@Doc("The limit.") @Default("3") double limit) implements TransformSpec {
    @Override
    public Transform create(Encoding encoding, Kernels kernels) {
        return new Transform() {
            @Override
            public Encoding encoding() {
                return encoding;
            }

            @Override
            public Matrix inputs(Matrix x) {
                for (int i = 0; i < x.rows(); i++) {
                    for (int j = 0; j < x.columns(); j++) {
                        x.set(i, j, Math.max(-limit, Math.min(limit, x.get(i, j))));
                    }
                }
                return x;
            }
        };
    }
}
