package dev.chainrule.engine.assembly;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.InputException;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.math.Heap;
import dev.chainrule.math.Numbers;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The memory that a batch of a table's rows takes when each name becomes one input, known before anything is allocated.
 *
 * @param examples of the table
 * @param rows of a batch
 * @param bytes of one input, in all the matrices of a batch: as read, and after each transform
 * @param taken bytes of the program and the examples
 * @param available bytes in the program
 */
record InputMemory(int examples, int rows, int bytes, long taken, long available) {
    /** The number of rows at a time to which transforms are fitted. */
    private static final int LEAST_ROWS = 256;

    private static final int MOST_LISTED = 3;

    /** Return the memory that the training examples of a run take. */
    static InputMemory of(Experiment experiment, Dataset train, long available) {
        int rows = Math.min(
                train.size(), Math.max(LEAST_ROWS, experiment.data().batchSize().examples()));
        int matrices = 1 + experiment.data().transforms().size();
        return new InputMemory(
                train.size(),
                rows,
                matrices * experiment.precision().bytes(),
                Heap.PROGRAM + train.source().bytes(),
                available);
    }

    /**
     * Check that a batch fits into memory.
     *
     * @throws InputException with the columns that take most of it
     */
    void require(Encoding encoding) {
        long inputs =
                encoding.columns().stream().mapToLong(Encoding.Column::width).sum();
        long needed = rows * inputs * bytes;
        if (taken + needed <= available && rows * inputs <= Integer.MAX_VALUE) {
            return;
        }
        List<Encoding.Column> widest = encoding.columns().stream()
                .filter(column -> column.width() > 1)
                .sorted(Comparator.comparing(Encoding.Column::width).reversed())
                .limit(MOST_LISTED)
                .toList();
        String names = widest.stream()
                .map(column -> "'" + column.name() + "' " + column.width())
                .collect(Collectors.joining(", "));
        throw new InputException(
                        rows + " rows of " + inputs + " inputs take " + Numbers.size(needed)
                                + ", with everything before them " + Numbers.size(taken + needed)
                                + ", but the program has " + Numbers.size(available),
                        "Each name is a separate input. Most names: " + names + ", in " + examples + " rows.",
                        "List the other columns with columns:, or give the program more memory, as in "
                                + Heap.command(taken + needed) + ".")
                .atConfig("data.train");
    }
}
