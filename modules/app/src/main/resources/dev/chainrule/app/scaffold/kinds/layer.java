package @package@;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;

@Component("@name@")
@Doc("Multiplies every input by a number of its own, which is learned.")
public record @Name@(@Doc("The first value of these numbers.") @Default("1") double initial) implements LayerSpec {
    @Override
    public Value build(LayerContext context) {
        int inputs = context.input().size();
        Parameter scale = context.parameter("scale", 1, inputs, (w, in, out, draws) -> w.fill(initial), 1, 1);
        return context.chain(new Scaling(scale, context.input(), context.kernels()));
    }

    /** out = x ⊙ s. */
    private record Scaling(Parameter scale, Shape output, Kernels kernels) implements Node {
        @Override
        public String label() {
            return "@name@";
        }

        @Override
        public void forward(Matrix x, Matrix out, Pass pass) {
            kernels.multiplyRow(x, scale.value(), out);
        }

        /** ∂C/∂s = Σᵢ delta ⊙ x. */
        @Override
        public void gradients(Matrix x, Matrix out, Matrix delta, Pass pass) {
            kernels.columnDots(delta, x, scale.gradient());
        }

        /** ∂C/∂x = delta ⊙ s. */
        @Override
        public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
            kernels.multiplyRow(delta, scale.value(), dx);
        }
    }
}
