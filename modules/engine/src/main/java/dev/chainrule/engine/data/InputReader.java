package dev.chainrule.engine.data;

import dev.chainrule.math.Matrix;
import dev.chainrule.math.ThreadTeam;

/**
 * A reader of the inputs of a batch, which shares the rows among threads: a source may be read by several. Reading allocates
 * nothing.
 */
final class InputReader implements ThreadTeam.Task {
    /** The amount of numbers that one thread reads in about the time that another takes to start. */
    private static final int SHARED_FROM = 16_384;

    private final ThreadTeam team;
    private Dataset dataset;
    private int[] order;
    private int from;
    private Matrix x;

    InputReader(ThreadTeam team) {
        this.team = team;
    }

    /**
     * Read the inputs of examples.
     *
     * @param order numbers of examples; {@code rows} of them from {@code from} are read
     * @param x reshaped to [rows, in]. Modified.
     */
    void read(Dataset dataset, int[] order, int from, int rows, Matrix x) {
        this.dataset = dataset;
        this.order = order;
        this.from = from;
        this.x = x;
        x.reshape(rows, dataset.inputs());
        if (team.threads() > 1 && x.size() >= SHARED_FROM) {
            team.run(this);
        } else {
            run(0, 1);
        }
    }

    @Override
    public void run(int part, int parts) {
        int rows = x.rows();
        dataset.readInputs(
                order, from, (int) ((long) rows * part / parts), (int) ((long) rows * (part + 1) / parts), x);
    }
}
