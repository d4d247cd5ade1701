package dev.chainrule.model.join;

import dev.chainrule.api.layer.Join;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;
import java.util.List;

/**
 * The join that puts its inputs side by side along the last axis. Of inputs with several dimensions, each place along the other axes
 * has those of the first input, then those of the second.
 */
final class ConcatJoin implements Join {
    private final Shape output;
    private final int[] widths;
    private final int width;
    private final int blocks;

    /**
     * Create a join.
     *
     * @param output the shape of the output
     * @param widths the last dimension of each input
     */
    ConcatJoin(Shape output, int... widths) {
        this.output = output;
        this.widths = widths.clone();
        this.width = output.dimensions().get(output.dimensions().size() - 1);
        this.blocks = output.size() / width;
    }

    @Override
    public String label() {
        return "concat";
    }

    @Override
    public Shape output() {
        return output;
    }

    @Override
    public long flops() {
        return 0;
    }

    @Override
    public void forward(List<Matrix> xs, Matrix out, Pass pass) {
        for (int k = 0, first = 0; k < widths.length; first += widths[k++]) {
            for (int block = 0; block < blocks; block++) {
                out.copyColumns(xs.get(k), block * widths[k], block * width + first, widths[k]);
            }
        }
    }

    /** ∂C/∂xₖ is the part of delta in the place of xₖ. */
    @Override
    public void backward(List<Matrix> xs, Matrix out, Matrix delta, int input, Matrix dx, Pass pass) {
        int first = 0;
        for (int k = 0; k < input; k++) {
            first += widths[k];
        }
        for (int block = 0; block < blocks; block++) {
            dx.copyColumns(delta, block * width + first, block * widths[input], widths[input]);
        }
    }
}
