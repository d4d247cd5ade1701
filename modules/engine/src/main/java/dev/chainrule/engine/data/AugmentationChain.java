package dev.chainrule.engine.data;

import dev.chainrule.api.Loss;
import dev.chainrule.api.data.Augmentation;
import dev.chainrule.api.data.AugmentationSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.model.Made;
import dev.chainrule.model.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The augmentations of training batches that a config lists, in order. Threads share the rows of a batch; nothing is allocated in a
 * warm step.
 *
 * <p>The stream of each is {@code augmentation.<kind>_<ordinal>}, drawn at (epoch, number of the example). The copies that
 * augmentations add have numbers of their own: number n + i is the next copy of example i of n, and the copies of the first
 * augmentation vary fastest.
 */
final class AugmentationChain implements ThreadTeam.Task {
    /** The amount of numbers that one thread changes in about the time that another takes to start. */
    private static final int SHARED_FROM = 4_096;

    private final List<Link> links = new ArrayList<>();
    private final ThreadTeam team;
    private final Draws[] draws;
    /** The number of classes if y contains one class number for each example; else 0. */
    private final int classes;

    private final Matrix otherInputs;
    private final Matrix probabilities;
    private final Matrix otherTargets;
    private Link link;
    private boolean changingTargets;
    private Matrix source;
    private Matrix result;
    private int[] order;
    private int from;
    private int epoch;
    private int examples;

    /**
     * One augmentation.
     *
     * @param before the number of copies that those before it make of an example
     * @param made by thread and copy
     */
    private record Link(RandomStream stream, int before, Augmentation[][] made) {
        Augmentation at(int thread, int number, int examples) {
            Augmentation[] copies = made[thread];
            return copies[number / examples / before % copies.length];
        }

        boolean changesTarget() {
            return made[0][0].changesTarget();
        }
    }

    /**
     * Create the augmentations.
     *
     * @param encoding of the transformed examples
     * @param outputs the number of outputs of the network
     * @throws InputException at {@code data.augmentation[i]} if one does not fit
     */
    AugmentationChain(List<AugmentationSpec> specs, Encoding encoding, int outputs, long seed, Kernels kernels) {
        this.team = kernels.team();
        this.draws = new Draws[team.threads()];
        Target target = encoding.target();
        this.classes = target.form() == Target.Form.CLASS_INDEX && target.rows() == 1
                ? target.names().size()
                : 0;
        this.otherInputs = kernels.matrix(0, 0);
        this.probabilities = kernels.matrix(0, 0);
        this.otherTargets = kernels.matrix(0, 0);
        Map<String, Integer> ordinals = new TreeMap<>();
        int before = 1;
        for (int i = 0; i < specs.size(); i++) {
            AugmentationSpec spec = specs.get(i);
            String kind = Network.kind(spec);
            Link made;
            try {
                RandomStream stream =
                        RandomStream.of(seed, "augmentation." + kind + "_" + ordinals.merge(kind, 1, Integer::sum));
                made = new Link(stream, before, create(spec, encoding));
                if (made.changesTarget() && outputs > 1) {
                    throw new InputException(
                            kind + " changes the targets, but the network has " + outputs + " outputs",
                            "Remove it, or train with one output.");
                }
            } catch (InputException e) {
                throw e.below("data.augmentation[" + i + "]");
            }
            links.add(made);
            before *= spec.copies();
        }
        for (int thread = 0; thread < draws.length && !links.isEmpty(); thread++) {
            draws[thread] = links.get(0).stream().at(0, 0);
        }
    }

    private Augmentation[][] create(AugmentationSpec spec, Encoding encoding) {
        Augmentation[][] made = new Augmentation[team.threads()][spec.copies()];
        for (Augmentation[] copies : made) {
            for (int copy = 0; copy < copies.length; copy++) {
                copies[copy] = Made.by(spec, "create", spec.create(encoding, copy));
            }
        }
        return made;
    }

    boolean isEmpty() {
        return links.isEmpty();
    }

    /**
     * Return the bytes of the matrices that it adds to a batch.
     *
     * @param encoding of the examples
     */
    long bytes(int rows, Encoding encoding) {
        boolean changesTargets = links.stream().anyMatch(Link::changesTarget);
        long numbers = links.isEmpty() ? 0 : encoding.shape().size();
        numbers += changesTargets ? 2L * Math.max(classes, encoding.target().size()) : 0;
        return numbers * rows * otherInputs.precision().bytes();
    }

    /**
     * Require an output for each class, and a loss of probabilities, if examples are mixed.
     *
     * @param outputs of the network
     * @throws InputException at {@code data.augmentation[i]} if there is a single one, or if the loss requires one class per example
     */
    void requireFit(int outputs, Loss loss) {
        for (int i = 0; i < links.size(); i++) {
            String place = "data.augmentation[" + i + "]";
            if (!links.get(i).changesTarget()) {
                continue;
            }
            if (classes > 0 && outputs == 1) {
                throw new InputException(
                                "mixed examples have the probabilities of " + classes
                                        + " classes, but the network has 1 output",
                                "Give the last layer units: " + classes
                                        + " and activation: softmax, and write loss: cross_entropy.")
                        .atConfig(place);
            }
            if (!loss.acceptsProbabilities()) {
                throw new InputException(
                                "mixed examples have the probabilities of several classes, but " + Network.kind(loss)
                                        + " requires one class per example",
                                "Write loss: cross_entropy after softmax, or remove the augmentation.")
                        .atConfig(place);
            }
        }
    }

    /**
     * Change the inputs of a batch.
     *
     * @param x [rows, in]. Modified.
     * @param examples the number of training examples, without copies
     * @return [rows, in], valid until the next call
     */
    Matrix inputs(Matrix x, int[] order, int from, int epoch, int examples) {
        changingTargets = false;
        at(order, from, epoch, examples);
        Matrix flowing = x;
        for (int i = 0; i < links.size(); i++) {
            flowing = apply(links.get(i), flowing, flowing == x ? otherInputs : x);
        }
        return flowing;
    }

    /**
     * Change the targets of a batch.
     *
     * @param y [rows, targets]. May be modified.
     * @return [rows, targets], or [rows, classes] with probabilities; valid until the next call
     */
    Matrix targets(Matrix y, int[] order, int from, int epoch, int examples) {
        changingTargets = true;
        at(order, from, epoch, examples);
        Matrix flowing = y;
        for (int i = 0; i < links.size(); i++) {
            if (links.get(i).changesTarget()) {
                Matrix rows = classes > 0 && flowing == y ? probabilities(y) : flowing;
                flowing = apply(links.get(i), rows, rows == otherTargets ? probabilities : otherTargets);
            }
        }
        return flowing;
    }

    private void at(int[] order, int from, int epoch, int examples) {
        this.order = order;
        this.from = from;
        this.epoch = epoch;
        this.examples = examples;
    }

    private Matrix probabilities(Matrix y) {
        probabilities.reshape(y.rows(), classes);
        probabilities.fill(0);
        for (int i = 0; i < y.rows(); i++) {
            probabilities.set(i, (int) y.get(i, 0), 1);
        }
        return probabilities;
    }

    private Matrix apply(Link link, Matrix source, Matrix result) {
        this.link = link;
        this.source = source;
        this.result = result;
        result.reshape(source.rows(), source.columns());
        if (team.threads() > 1 && source.size() >= SHARED_FROM) {
            team.run(this);
        } else {
            run(0, 1);
        }
        return result;
    }

    @Override
    public void run(int part, int parts) {
        int end = (int) ((long) source.rows() * (part + 1) / parts);
        for (int row = (int) ((long) source.rows() * part / parts); row < end; row++) {
            int number = order[from + row];
            draws[part].seek(link.stream(), epoch, number);
            Augmentation augmentation = link.at(part, number, examples);
            if (changingTargets) {
                augmentation.target(source, row, result, draws[part]);
            } else {
                augmentation.input(source, row, result, draws[part]);
            }
        }
    }
}
