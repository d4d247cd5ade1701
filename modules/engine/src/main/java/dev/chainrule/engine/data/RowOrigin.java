package dev.chainrule.engine.data;

import dev.chainrule.api.data.Transform;
import dev.chainrule.math.Draws;
import dev.chainrule.math.RandomStream;

/** The examples of the rows of a batch, with the random draws of a transform. One object, which follows the batches. */
final class RowOrigin implements Transform.Origin {
    private final RandomStream stream;
    private final Draws draws;
    private int[] order = {};
    private int from;
    private int examples = 1;

    RowOrigin(RandomStream stream) {
        this.stream = stream;
        this.draws = stream.at(0, 0);
    }

    /**
     * Follow a batch.
     *
     * @param order numbers of examples; those from {@code examples} on are copies
     * @param from the place of the first row
     */
    RowOrigin at(int[] order, int from, int examples) {
        this.order = order;
        this.from = from;
        this.examples = examples;
        return this;
    }

    @Override
    public Draws draws(int row) {
        return draws.seek(stream, 0, order[from + row] % examples);
    }
}
