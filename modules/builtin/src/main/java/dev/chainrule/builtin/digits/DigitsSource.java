package dev.chainrule.builtin.digits;

import dev.chainrule.api.Component;
import dev.chainrule.api.DataContext;
import dev.chainrule.api.DataSource;
import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Encoding;
import dev.chainrule.api.Provenance;
import dev.chainrule.api.Shape;
import dev.chainrule.api.Target;
import dev.chainrule.builtin.data.Split;
import dev.chainrule.math.Matrix;
import java.util.List;
import java.util.Optional;

/** Stand in for the generator of digits: example i is a grey square of value i. */
@Component("digits")
@Doc("Generated digits.")
public record DigitsSource(
        @Doc("train or test.") @Default("train") Split split,
        @Doc("How many examples.") Optional<Integer> count,
        @Doc("Seed of the generator.") @Default("0") long seed)
        implements DataSourceSpec {
    @Override
    public DataSource open(DataContext context) {
        return new DataSource() {
            @Override
            public int size() {
                return count.orElse(20);
            }

            @Override
            public Encoding encoding() {
                List<String> names = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
                return new Encoding(Shape.of(1, 28, 28), List.of(), new Target(Target.Form.CLASS_INDEX, names));
            }

            @Override
            public void readInput(int index, Matrix x, int row) {
                for (int j = 0; j < 784; j++) {
                    x.set(row, j, index % 256);
                }
            }

            @Override
            public void readTarget(int index, Matrix y, int row) {
                y.set(row, 0, index % 10);
            }

            @Override
            public Provenance provenance() {
                return new Provenance("generated digits", "0".repeat(64), List.of());
            }
        };
    }
}
