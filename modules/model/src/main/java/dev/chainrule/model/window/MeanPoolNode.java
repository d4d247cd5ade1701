package dev.chainrule.model.window;

import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Patches;

/** The node that passes on the mean of each channel in each patch. */
record MeanPoolNode(String label, Patches patches, Shape output, Kernels kernels) implements Node {
    /** Return an addition for each number in a window, a channel at a time. */
    @Override
    public long flops() {
        return (long) patches.size() * patches.positions();
    }

    @Override
    public void forward(Matrix x, Matrix out, Pass pass) {
        kernels.meanPatches(x, patches, out);
    }

    @Override
    public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
        kernels.meanPatchesBackward(delta, patches, dx);
    }
}
