package dev.chainrule.model.shape;

import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Axis;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.List;

/** The node out[i, j] = x[i, column(j)]. */
final class PermuteNode implements Node {
    private final Shape input;
    private final Shape output;
    /** The length of each axis of the output, and the columns of the input between two of its elements. */
    private final int[] sides;

    private final int[] strides;
    private final Kernels kernels;
    /** The column of the input for each one of the output, and the other way round; null before the first pass. */
    private int[] columns;

    private int[] inverse;

    PermuteNode(Shape input, List<Axis> order, Kernels kernels) {
        this.input = input;
        this.kernels = kernels;
        this.sides = new int[order.size()];
        this.strides = new int[order.size()];
        for (int k = 0; k < sides.length; k++) {
            int axis = input.axes().indexOf(order.get(k));
            List<Integer> inner = input.dimensions().subList(axis + 1, sides.length);
            sides[k] = input.dimensions().get(axis);
            strides[k] = inner.stream().reduce(1, (product, side) -> product * side);
        }
        this.output = Shape.of(sides);
    }

    @Override
    public String label() {
        return "permute";
    }

    @Override
    public Shape output() {
        return output;
    }

    @Override
    public long kept(int batch, int most) {
        return 2L * input.size(); // columns and inverse
    }

    @Override
    public void forward(Matrix x, Matrix out, Pass pass) {
        if (columns == null) {
            findColumns();
        }
        kernels.gatherColumns(x, columns, out);
    }

    @Override
    public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
        kernels.gatherColumns(delta, inverse, dx);
    }

    private void findColumns() {
        columns = new int[input.size()];
        inverse = new int[input.size()];
        for (int j = 0; j < columns.length; j++) {
            int rest = j;
            for (int k = sides.length - 1; k >= 0; k--) {
                columns[j] += rest % sides[k] * strides[k];
                rest /= sides[k];
            }
            inverse[columns[j]] = j;
        }
    }
}
