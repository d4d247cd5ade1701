package @package@;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.training.State;
import dev.chainrule.api.value.Shape;
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

            @Override
            public void save(State to) {
                to.put("within", within).put("examples", examples);
            }

            @Override
            public void restore(State from) {
                within = from.whole("within");
                examples = from.whole("examples");
            }
        };
    }
}
