package dev.chainrule.engine.data;

import dev.chainrule.api.error.InputException;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The search for numbers in examples that a transform or the run's precision refuses. */
public final class NumberCheck {
    private static final int ROWS = 256;
    private static final String BEYOND = ", beyond float32, whose largest number is " + Numbers.format(Float.MAX_VALUE);

    private final Pipeline pipeline;
    private final TransformChain transforms;
    private final boolean mayOverflow;

    /**
     * Create the search.
     *
     * @param pipeline fitted
     */
    public NumberCheck(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.transforms = pipeline.transforms();
        this.mayOverflow = pipeline.mayOverflow();
    }

    /**
     * Read the inputs of a whole dataset if some numbers are refused: by transforms, by the run's precision, or because a
     * value is missing.
     *
     * @throws InputException at a transform that cannot take a number, or at a number beyond the precision
     */
    public void requireInputs(Dataset dataset) {
        int[] order = dataset.inOrder();
        for (int from = 0;
                (transforms.isBounded() || mayOverflow || dataset.hasGaps()) && from < order.length;
                from += ROWS) {
            int rows = Math.min(ROWS, order.length - from);
            requireHeld(dataset, from, pipeline.inputs(dataset, order, from, rows));
        }
    }

    /** Require that inputs are finite after the transforms. */
    private void requireHeld(Dataset dataset, int from, Matrix inputs) {
        for (int i = 0; mayOverflow && i < inputs.rows(); i++) {
            for (int j = 0; j < inputs.columns(); j++) {
                if (!Double.isFinite(inputs.get(i, j))) {
                    throw beyond(dataset, from + i, j, inputs.columns());
                }
            }
        }
    }

    private static InputException beyond(Dataset dataset, int number, int input, int count) {
        DoubleMatrix read = new DoubleMatrix(1, dataset.inputs());
        dataset.readInputs(dataset.inOrder(), number, 0, 1, read);
        // If transforms change the number of inputs, only the largest input can be named.
        int named = input;
        for (int j = 0; count != read.columns() && j < read.columns(); j++) {
            named = j == 0 || Math.abs(read.get(0, j)) > Math.abs(read.get(0, named)) ? j : named;
        }
        return dataset.problem(
                number,
                dataset.encoding().inputName(named) + " is " + Numbers.format(read.get(0, named))
                        + (Math.abs(read.get(0, named)) > Float.MAX_VALUE ? "" : ", after the transforms")
                        + BEYOND,
                "Write precision: float64, or begin the transforms with standardize.");
    }

    /**
     * Return the problem of the first target that exceeds the run's precision after the transforms; empty if there is none.
     *
     * @param head the number of the output that learns it
     * @param dataset whose targets are numbers
     */
    public Optional<InputException> targetBeyond(int head, Dataset dataset) {
        int[] order = dataset.inOrder();
        for (int number = 0; number < order.length; number++) {
            Matrix y = pipeline.targets(head, dataset, order, number, 1);
            int width = pipeline.target(head).width();
            for (int j = 0; j < y.columns(); j++) {
                if (!Double.isFinite(y.get(0, j))) {
                    double value = pipeline.measuredTargets(head).get(j / width, j % width);
                    return Optional.of(dataset.problem(
                            number,
                            "the target '" + pipeline.target(head).names().get(j % width) + "' is "
                                    + Numbers.format(value)
                                    + (Math.abs(value) > Float.MAX_VALUE ? "" : ", after the transforms")
                                    + BEYOND,
                            "Add target_transforms: [ standardize ] to data, or write precision: float64."));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Return the examples that a transform refuses, by their numbers, with the reason.
     *
     * @param dataset loaded
     */
    SortedMap<Integer, String> refused(Dataset dataset) {
        SortedMap<Integer, String> reasons = new TreeMap<>();
        int[] order = dataset.inOrder();
        for (int from = 0; from < order.length; from += ROWS) {
            int rows = Math.min(ROWS, order.length - from);
            if (problem(dataset, order, from, rows).isPresent()) {
                for (int i = from; i < from + rows; i++) {
                    int number = i;
                    problem(dataset, order, i, 1).ifPresent(e -> reasons.put(number, e.getMessage()));
                }
            }
        }
        return reasons;
    }

    /** Return why a transform refuses a batch, if one does; an error in reading is thrown. */
    private Optional<InputException> problem(Dataset dataset, int[] order, int from, int rows) {
        Matrix read = pipeline.read(dataset, order, from, rows);
        try {
            requireHeld(dataset, from, transforms.inputs(read, dataset, order, from));
            return Optional.empty();
        } catch (InputException e) {
            return Optional.of(e);
        }
    }
}
