package dev.chainrule.model.window;

import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Patches;

/** The node that repeats each pixel in a window of the output; windows do not overlap. */
final class UpsampleNode implements Node {
    private final Shape input;
    private final Shape output;
    private final Patches patches;
    private final Kernels kernels;
    private final Matrix part;
    /** The column of the output for each one of the input, by the place in the window; null before the first pass. */
    private int[][] repeated;
    /** The column of the input for each one of the output. */
    private int[] source;

    UpsampleNode(Shape input, Shape output, Patches patches, Kernels kernels) {
        this.input = input;
        this.output = output;
        this.patches = patches;
        this.kernels = kernels;
        this.part = kernels.matrix(0, 0);
    }

    @Override
    public String label() {
        return "upsample";
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
    public long kept(int batch, int most) {
        return 2L * output.size() + (long) batch * input.size();
    }

    @Override
    public void forward(Matrix x, Matrix out, Pass pass) {
        if (source == null) {
            findColumns();
        }
        kernels.gatherColumns(x, source, out);
    }

    /** Compute ∂C/∂x, the sum of delta over a window, window rows before window columns, one addition each. */
    @Override
    public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
        kernels.gatherColumns(delta, repeated[0], dx);
        for (int place = 1; place < repeated.length; place++) {
            kernels.gatherColumns(delta, repeated[place], part);
            kernels.addScaled(1, part, dx);
        }
    }

    private void findColumns() {
        int channels = patches.channels();
        int width = patches.horizontal().positions();
        int across = patches.horizontal().size();
        source = new int[output.size()];
        repeated = new int[patches.vertical().size() * across][input.size()];
        for (int place = 0; place < repeated.length; place++) {
            for (int column = 0; column < input.size(); column++) {
                int pixel = column / channels;
                int y = patches.vertical().place(pixel / width, place / across);
                int x = patches.horizontal().place(pixel % width, place % across);
                int to = (y * patches.horizontal().length() + x) * channels + column % channels;
                repeated[place][column] = to;
                source[to] = column;
            }
        }
    }
}
