package dev.chainrule.api;

import dev.chainrule.math.Matrix;
import java.util.List;

/** Read examples by index. The same index always gives the same example; safe for several threads. */
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
     * Write the target of an example into a row. Not called on a source that was opened without labels.
     *
     * @param index 0 … size − 1
     * @param y [rows, {@code encoding().target().width()}]. Row {@code row} is modified.
     * @param row the row that is written
     */
    void readTarget(int index, Matrix y, int row);

    /** {@return where the examples come from} To hash them may take a while; it is asked for by what keeps a record. */
    Provenance provenance();

    /** {@return what the user must not miss, such as a substitute for the data asked for} */
    default List<String> warnings() {
        return List.of();
    }
}
