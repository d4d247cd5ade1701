package @package@;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.math.Strict;

@Component("@name@")
@Doc("z · sigmoid(beta · z).")
public record @Name@(
        @Doc("How sharply it bends.") @Default("1") double beta) implements Elementwise {
    @Override
    public double value(double z) {
        return z * Strict.sigmoid(beta * z);
    }

    @Override
    public double derivative(double z, double a) {
        double s = Strict.sigmoid(beta * z);
        return s + beta * a * (1 - s);
    }
}
