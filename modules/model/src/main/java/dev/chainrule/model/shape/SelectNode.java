package dev.chainrule.model.shape;

import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;
import java.util.Arrays;

/** The node out[place, j] = x[place, chosen[j]] along the last axis; neighbours in both are copied together. */
public final class SelectNode implements Node {
    private final String label;
    private final Shape input;
    private final Shape output;
    private final int[] chosen;
    /** The places in the output at which runs of neighbours begin, and its end. */
    private final int[] starts;

    /**
     * Create a node.
     *
     * @param label the layer's kind
     * @param chosen different places on the last axis of the input, one for each place on that of the output
     */
    public SelectNode(String label, Shape input, Shape output, int... chosen) {
        this.label = label;
        this.input = input;
        this.output = output;
        this.chosen = chosen.clone();
        int[] found = new int[chosen.length + 1];
        int runs = 0;
        for (int j = 1; j < chosen.length; j++) {
            if (chosen[j] != chosen[j - 1] + 1) {
                found[++runs] = j;
            }
        }
        found[++runs] = chosen.length;
        this.starts = Arrays.copyOf(found, runs + 1);
    }

    @Override
    public String label() {
        return label;
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
    public void forward(Matrix x, Matrix out, Pass pass) {
        copy(x, out, true);
    }

    /** ∂C/∂x is delta at the chosen places, and 0 elsewhere. */
    @Override
    public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
        dx.fill(0);
        copy(delta, dx, false);
    }

    private void copy(Matrix from, Matrix to, boolean forward) {
        int narrow = chosen.length;
        int places = output.size() / narrow;
        int wide = input.size() / places;
        for (int place = 0; place < places; place++) {
            for (int run = 0; run < starts.length - 1; run++) {
                int inside = place * narrow + starts[run];
                int outside = place * wide + chosen[starts[run]];
                to.copyColumns(
                        from, forward ? outside : inside, forward ? inside : outside, starts[run + 1] - starts[run]);
            }
        }
    }
}
