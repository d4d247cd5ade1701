package dev.chainrule.model.layer;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;
import java.util.List;

/**
 * The node that replaces some features by rows of tables: out = table[⌊x⌋], and 0 if the table has no such row, as for the name that
 * training has not seen, −1. Other features are copied.
 */
final class EmbedNode implements Node {
    /** The table of a feature that is copied. */
    static final int UNCHANGED = -1;

    private final int[] tables;
    private final List<Parameter> parameters;
    private final Shape output;

    /**
     * Create a node.
     *
     * @param tables the number of its table for each feature, or {@link #UNCHANGED}
     * @param parameters [names, width], the tables
     */
    EmbedNode(int[] tables, List<Parameter> parameters, Shape output) {
        this.tables = tables.clone();
        this.parameters = List.copyOf(parameters);
        this.output = output;
    }

    @Override
    public String label() {
        return "embed";
    }

    @Override
    public Shape output() {
        return output;
    }

    @Override
    public boolean canAccumulate() {
        return true;
    }

    @Override
    public long flops() {
        return 0;
    }

    @Override
    public void forward(Matrix x, Matrix out, Pass pass) {
        for (int i = 0; i < x.rows(); i++) {
            int at = 0;
            for (int j = 0; j < tables.length; j++) {
                if (tables[j] == UNCHANGED) {
                    out.set(i, at++, x.get(i, j));
                    continue;
                }
                Matrix table = parameters.get(tables[j]).value();
                int row = row(x.get(i, j), table);
                for (int k = 0; k < table.columns(); k++) {
                    out.set(i, at++, row < 0 ? 0 : table.get(row, k));
                }
            }
        }
    }

    private static int row(double x, Matrix table) {
        return x >= 0 && x < table.rows() ? (int) x : -1;
    }

    /** Compute ∂C/∂table[r] = Σ delta over the rows and features whose number is r, row by row, each by its features. */
    @Override
    public void gradients(Matrix x, Matrix out, Matrix delta, Pass pass) {
        for (int t = 0; t < parameters.size() && !pass.accumulates(); t++) {
            parameters.get(t).gradient().fill(0);
        }
        for (int i = 0; i < x.rows(); i++) {
            int at = 0;
            for (int j = 0; j < tables.length; j++) {
                if (tables[j] == UNCHANGED) {
                    at++;
                    continue;
                }
                Matrix gradient = parameters.get(tables[j]).gradient();
                int row = row(x.get(i, j), gradient);
                for (int k = 0; row >= 0 && k < gradient.columns(); k++) {
                    gradient.set(row, k, gradient.get(row, k) + delta.get(i, at + k));
                }
                at += gradient.columns();
            }
        }
    }

    /** ∂C/∂x is delta of the features that are copied, and 0 of the others. */
    @Override
    public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
        for (int i = 0; i < x.rows(); i++) {
            int at = 0;
            for (int j = 0; j < tables.length; j++) {
                boolean copied = tables[j] == UNCHANGED;
                dx.set(i, j, copied ? delta.get(i, at) : 0);
                at += copied ? 1 : parameters.get(tables[j]).value().columns();
            }
        }
    }

    @Override
    public void branches(Matrix x, Matrix out, Branches branches) {
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < tables.length; j++) {
                if (tables[j] != UNCHANGED) {
                    branches.add(row(x.get(i, j), parameters.get(tables[j]).value()));
                }
            }
        }
    }
}
