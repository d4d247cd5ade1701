package dev.chainrule.app.plugged;

import dev.chainrule.api.Api;
import dev.chainrule.api.Component;
import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Plugin;
import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Provenance;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;
import java.util.List;

/** Draw x from [−1, 1)² and let y = x₀·x₁. */
@Component("saddle")
@Doc("Two random numbers and their product.")
public record Saddle(
        @Doc("How many examples.") @Default("64") int count,
        @Doc("Names the numbers.") @Default("1") long seed) implements DataSourceSpec {
    public Saddle {
        ParameterException.require(count >= 1, "count", count, "1 or more");
    }

    @Override
    public DataSource open(DataContext context) {
        return new Examples(count, RandomStream.of(seed, "saddle"));
    }

    private record Examples(int size, RandomStream stream) implements DataSource {
        @Override
        public Encoding encoding() {
            return new Encoding(Shape.of(2), List.of(), new Target(Target.Form.VALUES, List.of("product")));
        }

        @Override
        public void readInput(int index, Matrix x, int row) {
            Draws draws = stream.at(0, index);
            x.set(row, 0, 2 * draws.uniform() - 1);
            x.set(row, 1, 2 * draws.uniform() - 1);
        }

        @Override
        public void readTarget(int index, Matrix y, int row) {
            Draws draws = stream.at(0, index);
            double first = 2 * draws.uniform() - 1;
            y.set(row, 0, first * (2 * draws.uniform() - 1));
        }

        @Override
        public Provenance provenance() {
            return new Provenance("saddle, " + size + " examples", "0".repeat(64));
        }
    }

    /** Name the one component. */
    public static final class Entry implements Plugin {
        @Override
        public int apiLevel() {
            return Api.LEVEL;
        }

        @Override
        public List<Class<? extends Record>> components() {
            return List.of(Saddle.class);
        }
    }
}
