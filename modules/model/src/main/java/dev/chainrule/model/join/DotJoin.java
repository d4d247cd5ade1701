package dev.chainrule.model.join;

import dev.chainrule.api.layer.Join;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.PairFunction;
import java.util.ArrayList;
import java.util.List;

/**
 * The join out = Σⱼ x₀[j]·x₁[j] along the last axis, in float64, j ascending, rounded once. Matrices [batch, places·n] are seen as
 * [batch·places, n], without a copy.
 */
final class DotJoin implements Join {
    private static final PairFunction PRODUCT = (x, y, unused) -> x * y;

    private final Shape output;
    private final int length;
    private final int places;
    private final Kernels kernels;
    /** For each element of a vector the one column that multiplies it in the backward pass. */
    private final int[] first;

    private final Matrix left;
    private final Matrix right;
    private final Matrix products;

    DotJoin(Shape input, Kernels kernels) {
        List<Integer> dimensions = new ArrayList<>(input.dimensions());
        this.length = dimensions.set(dimensions.size() - 1, 1);
        this.output = new Shape(dimensions);
        this.places = output.size();
        this.kernels = kernels;
        this.first = new int[length];
        this.left = kernels.matrix(0, 0);
        this.right = kernels.matrix(0, 0);
        this.products = kernels.matrix(0, 0);
    }

    @Override
    public String label() {
        return "dot";
    }

    @Override
    public Shape output() {
        return output;
    }

    @Override
    public long flops() {
        return 2L * places * length;
    }

    @Override
    public void forward(List<Matrix> xs, Matrix out, Pass pass) {
        kernels.sumRows(PRODUCT, split(xs.get(0), left), split(xs.get(1), right), 0, column(out, products));
    }

    /** ∂C/∂xₖ = delta·x of the other input. */
    @Override
    public void backward(List<Matrix> xs, Matrix out, Matrix delta, int input, Matrix dx, Pass pass) {
        Matrix own = split(dx, left);
        kernels.gatherColumns(column(delta, products), first, own);
        kernels.hadamard(own, split(xs.get(1 - input), right), own);
    }

    private Matrix split(Matrix whole, Matrix view) {
        return view.view(whole, whole.rows() * places, length);
    }

    private Matrix column(Matrix whole, Matrix view) {
        return view.view(whole, whole.rows() * places, 1);
    }
}
