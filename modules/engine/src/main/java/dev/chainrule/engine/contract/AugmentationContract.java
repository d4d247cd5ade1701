package dev.chainrule.engine.contract;

import dev.chainrule.api.data.Augmentation;
import dev.chainrule.api.data.AugmentationSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;
import java.util.List;

/**
 * The contract of every {@link AugmentationSpec} and its augmentations, checked for those of some encodings that it accepts:
 *
 * <ul>
 *   <li>there is at least one copy of each example;
 *   <li>the inputs and targets of the batch are not modified, the row of the example is written as a whole, and no other row is;
 *   <li>the result is finite; float32 agrees with float64;
 *   <li>targets that are classes stay probabilities, which sum to 1, and those of pixels stay classes;
 *   <li>an example changed again, alone, after others or by another augmentation of the same declaration, gives identical bits.
 * </ul>
 */
public final class AugmentationContract {
    private static final int ROWS = 7;
    private static final int SIDE = 8;
    private static final List<String> NAMES = List.of("u", "v", "w");
    private static final List<Encoding> ENCODINGS = List.of(
            encoding(Shape.of(6), List.of()),
            encoding(Shape.of(SIDE, SIDE, 1), List.of()),
            encoding(Shape.of(SIDE, SIDE + 1, 3), List.of()),
            encoding(Shape.of(SIDE, SIDE, 1), List.of(SIDE, SIDE)));

    private final Probe probe = new Probe();
    private final RandomStream stream = RandomStream.of(0, "contract.augmentation");
    private final AugmentationSpec spec;
    private final Findings findings;

    private AugmentationContract(AugmentationSpec spec, Findings findings) {
        this.spec = spec;
        this.findings = findings;
    }

    /** Return everything that breaks the contract; empty if it is kept. */
    public static List<Finding> check(AugmentationSpec spec) {
        return Findings.of(findings -> new AugmentationContract(spec, findings).check());
    }

    private static Encoding encoding(Shape shape, List<Integer> positions) {
        return new Encoding(shape, List.of(), new Target(Target.Form.CLASS_INDEX, NAMES, positions));
    }

    private void check() {
        findings.require(spec.copies() >= 1, "copies()", "1 or more", spec.copies());
        List<Encoding> accepted = ENCODINGS.stream().filter(this::accepts).toList();
        findings.require(!accepted.isEmpty(), "encodings accepted", "one of " + ENCODINGS.size() + " at least", "none");
        for (Encoding encoding : accepted) {
            for (int copy = 0; copy < spec.copies() && findings.none(); copy++) {
                check(encoding, copy);
            }
        }
    }

    private boolean accepts(Encoding encoding) {
        try {
            spec.create(encoding, 0);
            return true;
        } catch (InputException refused) {
            return false;
        }
    }

    private void check(Encoding encoding, int copy) {
        String of = " of " + encoding.shape();
        Augmentation augmentation = spec.create(encoding, copy);
        Matrix x = probe.draw("inputs", ROWS, encoding.shape().size(), -2, 2);
        Matrix changed = checkAll("inputs" + of, x, augmentation, Augmentation::input);
        Matrix again = all(x, spec.create(encoding, copy), Augmentation::input, probe.float64());
        findings.untouched("inputs" + of + " changed again", changed, again);
        Matrix rounded = all(Probe.copy(probe.float32(), x), augmentation, Augmentation::input, probe.float32());
        findings.close("float32 inputs" + of, changed, rounded, Probe.FLOAT32_TOLERANCE, "", changed);
        if (augmentation.changesTarget()) {
            checkTargets(encoding, augmentation);
        }
    }

    private void checkTargets(Encoding encoding, Augmentation augmentation) {
        Target target = encoding.target();
        boolean pixels = target.rows() > 1;
        Matrix y = probe.float64().matrix(ROWS, pixels ? target.rows() : NAMES.size());
        for (int i = 0; i < ROWS; i++) {
            if (pixels) {
                for (int j = 0; j < y.columns(); j++) {
                    y.set(i, j, (i + j) % NAMES.size());
                }
            } else {
                y.set(i, i % NAMES.size(), 1);
            }
        }
        Matrix changed = checkAll("targets of " + encoding.shape(), y, augmentation, Augmentation::target);
        for (int i = 0; i < ROWS && findings.none(); i++) {
            double sum = 0;
            for (int j = 0; j < y.columns(); j++) {
                double value = changed.get(i, j);
                sum += value;
                boolean fits = pixels
                        ? value == Math.rint(value) && value >= 0 && value < NAMES.size()
                        : value >= 0 && value <= 1;
                findings.require(
                        fits, "a target", pixels ? "the number of a class" : "a probability", changed.get(i, j));
            }
            findings.require(pixels || Math.abs(sum - 1) <= 0x1p-50, "the sum of a target", 1.0, sum);
        }
    }

    /** Change each example alone, in the reverse order, and compare with all changed in order. */
    private Matrix checkAll(String what, Matrix given, Augmentation augmentation, Step step) {
        Matrix before = Probe.copy(probe.float64(), given);
        Matrix changed = all(given, augmentation, step, probe.float64());
        findings.untouched(what + " given", before, given);
        findings.finite(what, changed, false, "", changed);
        for (int i = ROWS - 1; i >= 0; i--) {
            Matrix expected = Probe.unwritten(probe.float64(), ROWS, given.columns());
            expected.copyRows(changed, i, i, 1);
            Matrix alone = Probe.unwritten(probe.float64(), ROWS, given.columns());
            step.change(augmentation, given, i, alone, draws(i));
            findings.untouched(what + " changed alone", expected, alone);
        }
        return changed;
    }

    private Matrix all(Matrix given, Augmentation augmentation, Step step, Kernels kernels) {
        Matrix changed = Probe.unwritten(kernels, ROWS, given.columns());
        for (int i = 0; i < ROWS; i++) {
            step.change(augmentation, given, i, changed, draws(i));
        }
        return changed;
    }

    private Draws draws(int example) {
        return stream.at(1, example);
    }

    /** The change of an input or of a target. */
    private interface Step {
        void change(Augmentation augmentation, Matrix given, int row, Matrix out, Draws draws);
    }
}
