package @package@;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Regularizer;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;

@Component("@name@")
@Doc("Adds lambda/(2n)·Σw² to the cost.")
public record @Name@(@Doc("The strength λ.") @Default("0.1") double lambda) implements Regularizer {
    @Override
    public double cost(Matrix w, long n, Kernels kernels) {
        return lambda / (2.0 * n) * kernels.sumOfSquares(w);
    }

    @Override
    public void addGradient(Matrix w, long n, Matrix gradient, Kernels kernels) {
        kernels.addScaled(lambda / n, w, gradient);
    }
}
