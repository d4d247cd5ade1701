package dev.chainrule.model.window;

import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Patches;

/** The node that passes on the greatest number of each channel in each patch. */
record MaxPoolNode(String label, Patches patches, Shape output, Kernels kernels) implements Node {
    /** Return a comparison for each number in a window, a channel at a time. */
    @Override
    public long flops() {
        return (long) patches.size() * patches.positions();
    }

    @Override
    public void forward(Matrix x, Matrix out, Pass pass) {
        kernels.maxPatches(x, patches, out);
    }

    @Override
    public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
        kernels.maxPatchesBackward(x, out, delta, patches, dx);
    }

    /** The branch of an output is the place of its maximum: where a gradient of 1 for it alone would go. */
    @Override
    public void branches(Matrix x, Matrix out, Branches branches) {
        Matrix one = kernels.matrix(1, out.columns());
        Matrix image = kernels.matrix(1, x.columns());
        Matrix pooled = kernels.matrix(1, out.columns());
        Matrix place = kernels.matrix(1, x.columns());
        for (int i = 0; i < x.rows(); i++) {
            image.copyRows(x, i, 0, 1);
            pooled.copyRows(out, i, 0, 1);
            for (int j = 0; j < out.columns(); j++) {
                one.fill(0);
                one.set(0, j, 1);
                kernels.maxPatchesBackward(image, pooled, one, patches, place);
                branches.add(place.columnOfGreatest(0));
            }
        }
    }
}
