package dev.chainrule.engine.data;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A part of a data source: the training, validation or test examples. */
public final class Dataset {
    /**
     * The number of examples that are fetched from memory at a time: enough to wait once for all, few enough for the nearest
     * cache.
     */
    private static final int AHEAD = 8;

    /** The name of the training examples. */
    static final String TRAIN = "train";

    private final String name;
    private final DataSource source;
    private final Encoding encoding;
    private final int inputs;
    private final DoubleMatrix targets;
    private final int[] indices;

    private Dataset(String name, DataSource source, Encoding encoding, int[] indices) {
        this.name = name;
        this.source = source;
        this.encoding = encoding;
        this.inputs = encoding.shape().size();
        this.targets = new DoubleMatrix(1, encoding.targetWidth());
        this.indices = indices;
    }

    /**
     * Take all examples of a source.
     *
     * @param name train, validation, test, or a command's name for it
     */
    public static Dataset of(String name, DataSource source) {
        return new Dataset(
                name,
                source,
                source.encoding(),
                IntStream.range(0, source.size()).toArray());
    }

    /** Return the same examples without a target, for those that are their own. */
    Dataset unlabelled() {
        return new Dataset(name, source, encoding.with(Target.NONE), indices);
    }

    /** Return some of this dataset's examples, by their numbers in it. */
    Dataset select(String name, int[] numbers) {
        return new Dataset(
                name,
                source,
                encoding,
                IntStream.of(numbers).map(i -> indices[i]).toArray());
    }

    /** Return this dataset's examples except those of a part of it. */
    Dataset without(Dataset part) {
        int[] taken = part.indices.clone();
        Arrays.sort(taken);
        int[] rest = new int[indices.length - taken.length];
        int left = 0;
        int passed = 0;
        for (int index : indices) { // ascending, like those of a part
            if (passed < taken.length && taken[passed] == index) {
                passed++;
            } else {
                rest[left++] = index;
            }
        }
        return new Dataset(name, source, encoding, rest);
    }

    /**
     * Return the same examples, some of whose inputs are those of other examples.
     *
     * @param first of these inputs
     * @param width their number
     * @param permutation the number of the other example, by example
     */
    public Dataset permuted(int first, int width, int[] permutation) {
        int[] others = IntStream.range(0, source.size()).toArray();
        for (int i = 0; i < indices.length; i++) {
            others[indices[i]] = indices[permutation[i]];
        }
        return new Dataset(name, new PermutedInputs(source, first, width, others), encoding, indices);
    }

    /** Return train, validation or test. */
    public String name() {
        return name;
    }

    /** Return whether these are the training examples. */
    boolean isTraining() {
        return name.equals(TRAIN);
    }

    /** Return the number of examples. */
    public int size() {
        return indices.length;
    }

    /** Return the source of the examples. */
    public DataSource source() {
        return source;
    }

    /** Return the encoding of an example, before transforms. */
    public Encoding encoding() {
        return encoding;
    }

    /**
     * Read everything that the source has not read yet; after that no example fails.
     *
     * @throws InputException if a file is broken
     */
    public void load() {
        source.load();
    }

    /** Return whether some inputs may be NaN because their values are missing. */
    boolean hasGaps() {
        return source.hasGaps();
    }

    /** Return the numbers of one example's input. */
    int inputs() {
        return inputs;
    }

    /**
     * Read the inputs of examples into the rows of a batch, from one row to another.
     *
     * @param order numbers of examples, those of the batch begin at {@code from}
     * @param x [batch, in]. Rows {@code firstRow} … {@code endRow} − 1 are modified.
     */
    public void readInputs(int[] order, int from, int firstRow, int endRow, Matrix x) {
        for (int row = firstRow; row < Math.min(endRow, firstRow + AHEAD); row++) {
            source.prefetch(index(order[from + row]));
        }
        for (int row = firstRow; row < endRow; row++) {
            if (row + AHEAD < endRow) {
                source.prefetch(index(order[from + row + AHEAD]));
            }
            source.readInput(index(order[from + row]), x, row);
        }
    }

    /**
     * Read the targets of examples.
     *
     * @param target its name in the encoding
     * @param order numbers of examples; {@code rows} of them from {@code from} are read
     * @param y reshaped to [rows, target]. Modified.
     */
    void readTargets(String target, int[] order, int from, int rows, Matrix y) {
        int width = encoding.targets().get(target).size();
        y.reshape(rows, width);
        int first = width == targets.columns() ? 0 : firstColumn(target);
        for (int row = 0; row < rows; row++) {
            if (width == targets.columns()) {
                source.readTarget(index(order[from + row]), y, row);
                continue;
            }
            source.readTarget(index(order[from + row]), targets, 0);
            for (int j = 0; j < width; j++) {
                y.set(row, j, targets.get(0, first + j));
            }
        }
    }

    /**
     * Read the targets of one example, before transforms.
     *
     * @param number of the example, from 0
     * @param y [1, targets]. Modified.
     */
    public void readTarget(int number, Matrix y) {
        source.readTarget(index(number), y, 0);
    }

    /**
     * Return the text of an example's cell in a column by which rows are split.
     *
     * @param number of the example, from 0
     * @throws InputException if there is none
     */
    String cell(int number, String column) {
        String cell = source.cell(index(number), column)
                .orElseThrow(() -> new InputException(
                        "the examples are not a table: they have no column '" + column + "'",
                        "Split them by fraction or count alone."));
        if (cell.isEmpty()) {
            throw problem(
                    number,
                    "column '" + column + "' has no value, so that the part of the row is unknown",
                    "Fill it in, or drop such rows with missing: drop.");
        }
        return cell;
    }

    /** Return whether examples have weights in the cost. */
    public boolean hasWeights() {
        return source.hasWeights();
    }

    /**
     * Read the weights of examples.
     *
     * @param order numbers of examples; {@code weights.length} of them from {@code from} are read
     * @param weights by row. Modified.
     */
    public void readWeights(int[] order, int from, double[] weights) {
        for (int row = 0; row < weights.length; row++) {
            weights[row] = source.weight(index(order[from + row]));
        }
    }

    /**
     * Require that weights are finite and 0 or more, and that some example counts.
     *
     * @throws InputException at the first example whose weight is not, or if all weights are 0
     */
    void requireWeights() {
        boolean some = !hasWeights();
        for (int number = 0; hasWeights() && number < indices.length; number++) {
            double weight = source.weight(indices[number]);
            if (!Double.isFinite(weight) || weight < 0) {
                throw problem(
                        number, "the weight is " + Numbers.format(weight), "Weights are finite numbers, 0 or more.");
            }
            some |= weight > 0;
        }
        if (!some) {
            throw new InputException(
                    "the weights of all training examples are 0: nothing can be learned",
                    "Give one of them a weight above 0.");
        }
    }

    /** Return the place in the source of an example; numbers from {@link #size} on are copies of those from 0 on. */
    private int index(int number) {
        return indices[number % indices.length];
    }

    /** Return the column of y at which a target begins. */
    public int firstColumn(String target) {
        int column = 0;
        for (Map.Entry<String, Target> other : encoding.targets().entrySet()) {
            if (other.getKey().equals(target)) {
                break;
            }
            column += other.getValue().size();
        }
        return column;
    }

    /** Return the number of examples of each class of the only target; see {@link #classCounts(String)}. */
    public int[] classCounts() {
        return encoding.targets().size() == 1
                ? classCounts(encoding.targets().keySet().iterator().next())
                : new int[0];
    }

    /** Return the number of examples, or of positions, of each class, in the order of the classes; empty if a target is not class numbers. */
    public int[] classCounts(String name) {
        Target target = encoding.targets().get(name);
        if (target.form() != Target.Form.CLASS_INDEX) {
            return new int[0];
        }
        int[] counts = new int[target.names().size()];
        DoubleMatrix y = new DoubleMatrix(1, targets.columns());
        int column = firstColumn(name);
        for (int index : indices) {
            source.readTarget(index, y, 0);
            for (int row = 0; row < target.rows(); row++) {
                counts[(int) y.get(0, column + row)]++;
            }
        }
        return counts;
    }

    /** Return the class of each example, by a target that is one class number. */
    int[] classes(String name) {
        DoubleMatrix y = new DoubleMatrix(1, targets.columns());
        int column = firstColumn(name);
        int[] classes = new int[indices.length];
        for (int i = 0; i < classes.length; i++) {
            source.readTarget(indices[i], y, 0);
            classes[i] = (int) y.get(0, column);
        }
        return classes;
    }

    /**
     * Return the problem of an example: at its place in a file, or with its row in the source if it is not in a file.
     *
     * @param number of the example, from 0
     */
    InputException problem(int number, String message, String... notes) {
        return source.location(index(number))
                .map(place -> new InputException(message, notes).inFile(place))
                .orElseGet(
                        () -> new InputException(message + ", in row " + (index(number) + 1) + " of " + name, notes));
    }

    /**
     * Return the place of an example in a file, if it is in one.
     *
     * @param number of the example, from 0
     */
    public Optional<String> location(int number) {
        return source.location(index(number));
    }

    /** Return 0 … size − 1: the order of the source. */
    public int[] inOrder() {
        return IntStream.range(0, indices.length).toArray();
    }
}
