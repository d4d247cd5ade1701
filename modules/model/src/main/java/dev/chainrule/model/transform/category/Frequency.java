package dev.chainrule.model.transform.category;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Transform;
import dev.chainrule.api.training.State;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.transform.ChosenColumns;
import java.util.List;
import java.util.Optional;

/** The replacement of names by their shares of the training examples; the share of a name that none of them has is 0. */
@Component("frequency")
@Doc(
        "Replaces columns of names by one input each: the share of the training examples that have the name. The shares are stored with "
                + "the model.")
public record Frequency(
        @Doc("The columns of names to replace.") List<String> columns) implements TransformSpec {
    public Frequency {
        columns = ChosenColumns.distinct(Optional.of(columns)).orElseThrow();
    }

    @Override
    public Transform create(Encoding encoding, Kernels kernels) {
        return new Shares(encoding, kernels);
    }

    private final class Shares extends CategoryTransform {
        /** By place: [1, names]. */
        private final List<DoubleMatrix> shares;

        Shares(Encoding from, Kernels kernels) {
            super(
                    columns,
                    from,
                    column -> List.of(new Encoding.Column(column.name() + "_frequency", List.of())),
                    "frequency",
                    kernels);
            shares = columns(columns, from).stream()
                    .map(column -> new DoubleMatrix(1, column.categories().size()))
                    .toList();
        }

        @Override
        public void fit(Examples training) {
            super.fit(training);
            shares.forEach(each -> each.fill(0));
            training.forEachInput(x -> names(x, (place, name) -> {
                if (name != UNKNOWN) {
                    shares.get(place).set(0, name, shares.get(place).get(0, name) + 1);
                }
            }));
            for (DoubleMatrix each : shares) {
                for (int name = 0; name < each.columns(); name++) {
                    each.set(0, name, each.get(0, name) / training.size());
                }
            }
        }

        @Override
        int write(int place, int name, int fold, Matrix out, int row, int at) {
            out.set(row, at, name == UNKNOWN ? 0 : shares.get(place).get(0, name));
            return 1;
        }

        @Override
        public void save(State to) {
            save("shares", shares, to);
        }

        @Override
        public void restore(State from) {
            restore("shares", shares, from);
        }
    }
}
