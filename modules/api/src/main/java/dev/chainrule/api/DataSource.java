package dev.chainrule.api;

import dev.chainrule.math.Matrix;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Read examples by index. The same index always gives the same example; safe for several threads.
 *
 * <p>A source of large files may read them late: what was not read when it was opened is read when the first example beyond is
 * asked for, or all of it by {@link #load}. Whatever is asked for first then throws the {@link InputException} of a broken file.
 */
public interface DataSource {
    /** {@return the number of examples, at least 1} */
    int size();

    /** {@return what an example consists of} */
    Encoding encoding();

    /**
     * Write the input of an example into a row.
     *
     * @param index 0 … size − 1
     * @param x [rows, {@code encoding().shape().size()}]. Row {@code row} is modified.
     * @param row the row that is written
     */
    void readInput(int index, Matrix x, int row);

    /**
     * Expect that the input of an example is read within microseconds. To do nothing is right; a source whose examples lie
     * scattered over more memory than a cache holds may touch this one, since memory answers many at once as soon as one.
     *
     * @param index 0 … size − 1
     * @throws InputException if a file is broken that is read only now
     */
    default void prefetch(int index) {}

    /**
     * Write the target of an example into a row. Not called on a source that was opened without labels.
     *
     * @param index 0 … size − 1
     * @param y [rows, {@code encoding().target().width()}]. Row {@code row} is modified.
     * @param row the row that is written
     */
    void readTarget(int index, Matrix y, int row);

    /**
     * Read and check what was not read when the source was opened; after that nothing fails.
     *
     * <p>Called before anything is trained or measured, perhaps more than once, and perhaps on a thread of its own.
     *
     * @throws InputException if a file is broken, saying where
     */
    default void load() {}

    /**
     * {@return where an example stands, for messages: its file, with the line in a text file, such as {@code data/train.csv:14};
     * empty if it is not in a file}
     *
     * @param index 0 … size − 1
     */
    default Optional<String> location(int index) {
        return Optional.empty();
    }

    /** {@return where the examples come from} To hash them may take a while; it is asked for by what keeps a record. */
    Provenance provenance();

    /**
     * {@return the rows of the input that are not examples, counted from 0 among all rows, with the reason} Only a source that was
     * opened without labels has any: it tells those that can be predicted from those that cannot. The others have the indices 0, 1,
     * … in their order.
     */
    default SortedMap<Integer, String> unusable() {
        return Collections.emptySortedMap();
    }

    /** {@return whether some inputs are NaN, since no value of them is known: a transform must fill them} */
    default boolean hasGaps() {
        return false;
    }

    /** {@return what the user must not miss, such as a substitute for the data asked for} */
    default List<String> warnings() {
        return List.of();
    }
}
