package dev.chainrule.engine.data;

import dev.chainrule.api.Loss;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.RunException;
import dev.chainrule.engine.experiment.Data;
import dev.chainrule.engine.experiment.Head;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.model.MemoryShortage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The way from examples to batches, which are read and then transformed, and from outputs to numbers in the unit of the data.
 * One batch is in memory at a time.
 *
 * <p>Targets exist twice: {@link #targets} as the loss sees them, after the transforms of targets and in the run's precision,
 * and {@link #measuredTargets} as people read them, numbers in float64.
 */
public final class Pipeline {
    /** The epoch of batches that are not augmented. */
    private static final int UNCHANGED = -1;

    private final TransformChain transforms;
    /** The targets, by output. */
    private final List<TargetFlow> targets = new ArrayList<>();

    /** The calibrations, by output. */
    private final SortedMap<Integer, OutputCalibration> calibrations = new TreeMap<>();

    private final AugmentationChain augmentation;
    private final Matrix all;
    private final InputReader reader;
    private final Matrix x;
    private final boolean mayOverflow;

    /**
     * Create the transforms of a run, not yet fitted.
     *
     * @param heads the outputs that learn the targets
     * @param raw the encoding of the sources
     * @param seed of the run, for the draws of transforms and of the augmentation
     * @throws InputException at {@code data.transforms[i]}, {@code data.augmentation[i]} or {@code data.target_transforms[i]} if
     *     one does not fit
     */
    public Pipeline(Data data, List<Head> heads, Encoding raw, long seed, Kernels kernels) {
        List<TransformSpec> specs = data.transforms();
        this.transforms = chain(specs, raw, seed, kernels);
        this.all = kernels.matrix(0, 0);
        for (Head head : heads) {
            String source = sourceOf(head, raw);
            Target own =
                    head.output().reconstruct() ? Target.NONE : raw.targets().get(source);
            // What transforms make of targets depends on the target; what they make of inputs does not.
            boolean same = head.output().reconstruct() || own.equals(raw.target());
            TransformChain examples = same ? transforms : chain(specs, raw.with(own), seed, kernels);
            targets.add(new TargetFlow(head, source, examples, own, seed, kernels));
        }
        this.augmentation =
                new AugmentationChain(data.augmentation(), transforms.encoding(), targets.size(), seed, kernels);
        this.reader = new InputReader(kernels.team());
        this.x = TransformChain.in(transforms.precision(), kernels)
                .matrix(0, raw.shape().size());
        boolean images = raw.inputs().isEmpty()
                ? raw.shape().isImage()
                : raw.inputs().stream().allMatch(input -> input.shape().isImage());
        this.mayOverflow = kernels.precision() == Precision.FLOAT32 && !images;
    }

    private static TransformChain chain(List<TransformSpec> specs, Encoding raw, long seed, Kernels kernels) {
        return new TransformChain(
                "data.transforms", "transforms", specs, TransformChain.early(specs), raw, seed, kernels);
    }

    /**
     * Return the name of an output's target among those of the sources.
     *
     * @throws InputException at the output if it has none
     */
    private static String sourceOf(Head head, Encoding raw) {
        if (head.output().reconstruct()) {
            return "";
        }
        String name = head.source();
        if (!raw.targets().containsKey(name)) {
            throw name.isEmpty()
                    ? new InputException(
                                    "the output has no target, but other outputs have one",
                                    "Add target: with a column of the data, or reconstruct: true.")
                            .atConfig("outputs." + head.name())
                    : new InputException(
                                    "the data source has no columns to choose a target from",
                                    "Remove target: the output then learns the target of the source.")
                            .atConfig(head.path("target"));
        }
        return name;
    }

    /** Fit each transform to the training examples as the ones before it leave them. */
    public void fit(Dataset train) {
        if (train.hasGaps()) {
            Dataset whole = Dataset.of(train.name(), train.source());
            transforms.requireFilled(whole, (from, rows) -> read(whole, whole.inOrder(), from, rows));
        }
        int[] order = train.inOrder();
        transforms.fit(train, (from, rows) -> read(train, order, from, rows));
        for (TargetFlow each : targets) {
            if (each.examples() != transforms) {
                each.examples().restore(transforms.state());
            }
            each.fit(train);
        }
    }

    /** Return the state of the fitted transforms, by name. */
    public SortedMap<String, Matrix> state() {
        SortedMap<String, Matrix> state = transforms.state();
        targets.forEach(each -> state.putAll(each.transforms().state()));
        return state;
    }

    /** Return the fitted calibrations, by name: part of a model, but not of the state of a run, at whose end they are fitted. */
    public SortedMap<String, Matrix> calibrations() {
        SortedMap<String, Matrix> fitted = new TreeMap<>();
        calibrations.values().forEach(each -> fitted.putAll(each.state()));
        return fitted;
    }

    /** Restore fitted calibrations, by the names of {@link #calibrations}. */
    public void restoreCalibrations(SortedMap<String, Matrix> given) {
        calibrations.values().forEach(each -> each.restore(given));
    }

    /** Restore the state of transforms, by the names of {@link #state}; those that are not given keep theirs. */
    public void restore(SortedMap<String, Matrix> given) {
        transforms.restore(given);
        targets.forEach(each -> {
            each.examples().restore(given);
            each.transforms().restore(given);
        });
    }

    /** Give an output of classes a calibration. */
    public void calibrate(int head, OutputCalibration calibration) {
        calibrations.put(head, calibration);
    }

    /** Return the calibration of an output, if it has one. */
    public Optional<OutputCalibration> calibration(int head) {
        return Optional.ofNullable(calibrations.get(head));
    }

    /** Return the transforms of examples. */
    TransformChain transforms() {
        return transforms;
    }

    /** Return whether inputs may exceed the precision: bytes of images, which may be read late, do not. */
    boolean mayOverflow() {
        return mayOverflow;
    }

    /**
     * Require an output for each class, and a loss of probabilities, if augmentations mix examples.
     *
     * @throws InputException at {@code data.augmentation[i]} if there is a single one, or if the loss requires one class per example
     */
    public void requireFit(int outputs, Loss loss) {
        augmentation.requireFit(outputs, loss);
    }

    /** Return the number of outputs that learn something. */
    public int heads() {
        return targets.size();
    }

    /** Return whether the inputs are the targets of an output. */
    public boolean reconstructs(int head) {
        return targets.get(head).reconstructs();
    }

    /** Return what an output learns, after the transforms. */
    public Target target(int head) {
        return targets.get(head).target();
    }

    /** Return the encoding of a batch, after the transforms, with the target of the first output. */
    public Encoding encoding() {
        return transforms.encoding().with(target(0));
    }

    /**
     * Read and transform the inputs of a batch.
     *
     * @return [rows, in], valid until the next call
     */
    public Matrix inputs(Dataset dataset, int[] order, int from, int rows) {
        return inputs(dataset, order, from, rows, UNCHANGED);
    }

    /**
     * Read, transform and augment the inputs of a training batch.
     *
     * @param epoch from 0
     * @return [rows, in], valid until the next call
     */
    public Matrix inputs(Dataset dataset, int[] order, int from, int rows, int epoch) {
        try {
            Matrix whole = transforms.inputs(read(dataset, order, from, rows), dataset, order, from);
            return epoch == UNCHANGED ? whole : augmentation.inputs(whole, order, from, epoch, dataset.size());
        } catch (OutOfMemoryError e) {
            throw shortage(dataset, rows, e);
        }
    }

    private RunException shortage(Dataset dataset, int rows, OutOfMemoryError cause) {
        try {
            int width = encoding().shape().size();
            return new MemoryShortage(
                            "the inputs [" + rows + ", " + width + "] of a batch of " + dataset.name(),
                            (double) rows * width * transforms.precision().bytes(),
                            0)
                    .failure(cause);
        } catch (OutOfMemoryError e) { // no memory is left: the cause explains more than this failure
            throw cause;
        }
    }

    /**
     * Read and transform the targets of a batch; if its inputs are targets, this is a call of {@link #inputs}.
     *
     * @return [rows, targets] for the loss, those of all positions and those of several outputs one after the other, valid until the next call
     */
    public Matrix targets(Dataset dataset, int[] order, int from, int rows) {
        return targets(dataset, order, from, rows, UNCHANGED);
    }

    /**
     * Read, transform and augment the targets of a training batch; if its inputs are targets, this is a call of {@link #inputs}.
     *
     * @param epoch from 0
     * @return as {@link #targets(Dataset, int[], int, int)}; of a class probabilities, if an augmentation mixes examples
     */
    public Matrix targets(Dataset dataset, int[] order, int from, int rows, int epoch) {
        if (targets.size() == 1) {
            return targets(0, dataset, order, from, rows, epoch);
        }
        int width = 0;
        for (int head = 0; head < targets.size(); head++) {
            width += target(head).size();
        }
        all.reshape(rows, width);
        int first = 0;
        for (int head = 0; head < targets.size(); head++) {
            Matrix y = targets(head, dataset, order, from, rows, epoch);
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < y.columns(); j++) {
                    all.set(i, first + j, y.get(i, j));
                }
            }
            first += y.columns();
        }
        return all;
    }

    /** Read and transform the targets of a batch for one output: a row for each example, with all its positions. */
    public Matrix targets(int head, Dataset dataset, int[] order, int from, int rows) {
        return targets(head, dataset, order, from, rows, UNCHANGED);
    }

    private Matrix targets(int head, Dataset dataset, int[] order, int from, int rows, int epoch) {
        TargetFlow flow = targets.get(head);
        if (flow.reconstructs()) {
            return flow.reconstruct(inputs(dataset, order, from, rows, epoch));
        }
        Matrix y = flow.read(dataset, order, from, rows);
        return epoch == UNCHANGED ? y : flow.augmented(augmentation.targets(y, order, from, epoch, dataset.size()));
    }

    /**
     * Return the targets of the batch last read by {@link #targets} in the unit of the data.
     *
     * @param head the number of the output that learns them
     * @return [rows, target], a row for each position, numbers in float64, valid until the next call of {@link #targets}
     */
    public Matrix measuredTargets(int head) {
        return targets.get(head).measured();
    }

    /**
     * Bring outputs to the unit of the data, and probabilities to their temperature.
     *
     * @param head the number of the output
     * @param a [rows, outputs], a row for each position. Not modified.
     * @return [rows, outputs], numbers in float64, probabilities in the precision of the network, valid until the next call
     */
    public Matrix measuredOutputs(int head, Matrix a) {
        Matrix outputs = targets.get(head).outputs(a);
        OutputCalibration calibration = calibrations.get(head);
        return calibration == null ? outputs : calibration.outputs(outputs);
    }

    /**
     * Return outputs whose largest is that of the predicted class.
     *
     * @param head the number of the output
     * @param a [rows, outputs] in the unit of the data. Not modified.
     * @return the same, unless the output has a threshold other than 0.5: then 1 for the predicted class and 0 for the other, valid
     *     until the next call
     */
    public Matrix decidedOutputs(int head, Matrix a) {
        OutputCalibration calibration = calibrations.get(head);
        return calibration == null ? a : calibration.decided(a);
    }

    /** Return the class that the outputs [rows, outputs] of a head, in the unit of the data, predict in a row. */
    public int predictedClass(int head, Matrix a, int row) {
        OutputCalibration calibration = calibrations.get(head);
        return calibration == null ? Target.predictedClass(a, row) : calibration.predictedClass(a, row);
    }

    /**
     * Return the bytes of a batch: inputs and targets, as read, transformed and measured. Matrices that transforms keep are not counted.
     *
     * @param batch rows of a training batch
     * @param most rows of the largest pass
     * @param checked rows that are read at once to fit transforms and to check numbers
     */
    long bytes(int batch, int most, int checked) {
        int bytes = all.precision().bytes();
        boolean checks = mayOverflow || !transforms.isEmpty();
        long sum = augmentation.bytes(batch, encoding());
        for (TargetFlow each : targets) {
            sum += each.bytes(most, checked);
            // beside those of the others, and as a copy of its own
            sum += targets.size() == 1 ? 0 : 2L * bytes * each.target().size() * most;
            checks |= each.reconstructs();
        }
        long row = (long) x.precision().bytes() * x.columns();
        if (x.precision() != all.precision()) {
            row += (long) bytes * transforms.encoding().shape().size();
        }
        return sum + row * (checks ? Math.max(most, checked) : most);
    }

    /** Read the inputs of a batch, not transformed. */
    Matrix read(Dataset dataset, int[] order, int from, int rows) {
        reader.read(dataset, order, from, rows, x);
        return x;
    }
}
