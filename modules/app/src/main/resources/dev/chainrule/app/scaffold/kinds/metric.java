package @package@;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Metric;
import dev.chainrule.api.Shape;
import dev.chainrule.api.Target;
import dev.chainrule.math.Matrix;

@Component("@name@")
@Doc("The share of examples whose cost is at most a limit.")
public record @Name@(@Doc("The limit.") @Default("0.5") double limit) implements Metric {
    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public void check(Shape output, Target target) {}

    @Override
    public Accumulator start() {
        return new Accumulator() {
            private long within;
            private long examples;

            @Override
            public void add(Matrix a, Matrix y, Matrix costs) {
                for (int i = 0; i < costs.rows(); i++) {
                    within += costs.get(i, 0) <= limit ? 1 : 0;
                }
                examples += costs.rows();
            }

            @Override
            public double value() {
                return examples == 0 ? Double.NaN : (double) within / examples;
            }
        };
    }
}
