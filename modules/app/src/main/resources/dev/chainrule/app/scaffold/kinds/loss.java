package @package@;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Loss;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;

@Component("@name@")
@Doc("The squared distance of outputs and targets, times a factor.")
public record @Name@(@Doc("The factor.") @Default("0.5") double factor) implements Loss {
    @Override
    public void costs(Matrix a, Matrix y, Matrix costs, Kernels kernels) {
        kernels.sumRows((output, target, c) -> c * (output - target) * (output - target), a, y, factor, costs);
    }

    @Override
    public void gradient(Matrix a, Matrix y, Matrix g, Kernels kernels) {
        kernels.zip((output, target, c) -> c * (output - target), a, y, 2 * factor / a.rows(), g);
    }

    @Override
    public void check(Shape output, Target target) {
        if (output.size() != target.names().size()) {
            throw new InputException(
                    "the network has " + output.size() + " outputs, the target needs " + target.names().size(),
                    "Give the last layer units: " + target.names().size() + ".");
        }
    }
}
