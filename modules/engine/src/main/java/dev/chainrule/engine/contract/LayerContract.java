package dev.chainrule.engine.contract;

import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.check.Curve;
import dev.chainrule.engine.contract.BuiltLayer.Place;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/**
 * The contract of every {@link LayerSpec} and its nodes, checked for those of some input shapes that it accepts:
 *
 * <ul>
 *   <li>every node writes all of its output and of dx, keeps their shapes, and leaves inputs and learned values unchanged;
 *   <li>∂C/∂x and the gradients of all parameters agree with slopes in float64, kinks that the nodes declare left out, costs that
 *       they add included; float32 with float64;
 *   <li>gradients are overwritten, not added to; batches may be of any size, one after the other;
 *   <li>if all stages say that they can accumulate, and none mixes examples, parts of a batch give the bits of the whole;
 *   <li>at inference an example's output depends on that example alone, and no buffer changes; nor in a gradient check;
 *   <li>a rebuilt layer that takes over parameters and buffers continues with identical bits: there is no other state;
 *   <li>computing again, or with 1, 2 or 3 threads, gives identical bits.
 * </ul>
 */
public final class LayerContract {
    private static final List<Shape> INPUTS =
            List.of(Shape.of(6), Shape.of(12), Shape.of(5, 4), Shape.of(8, 8, 1), Shape.of(8, 8, 3), Shape.of(64));
    private static final int ROWS = 5;
    /** Rows of a part, of which the last has one. */
    private static final int PART = 2;

    private static final int MANY_ELEMENTS = 34_000;
    /** Entries compared in each matrix: differences are slow for a wide layer. */
    private static final int ENTRIES = 40;

    private final Probe probe = new Probe();
    private final LayerSpec spec;
    private final Findings findings;

    private LayerContract(LayerSpec spec, Findings findings) {
        this.spec = spec;
        this.findings = findings;
    }

    /** Return everything that breaks the contract; empty if it is kept. */
    public static List<Finding> check(LayerSpec spec) {
        return Findings.of(findings -> new LayerContract(spec, findings).check());
    }

    private void check() {
        List<Shape> accepted = INPUTS.stream().filter(this::accepts).toList();
        findings.require(!accepted.isEmpty(), "input shapes accepted", "one of " + INPUTS, "none");
        for (Shape input : accepted) {
            if (findings.none()) {
                check(input);
            }
        }
    }

    private boolean accepts(Shape input) {
        try {
            new BuiltLayer(spec, input, probe.float64());
            return true;
        } catch (InputException refused) {
            return false;
        }
    }

    private void check(Shape input) {
        for (Parameter parameter : new BuiltLayer(spec, input, probe.float64()).parameters()) {
            findings.finite("first value of " + parameter.name(), parameter.value(), false, "", parameter.value());
        }
        BuiltLayer layer = drawn(input, probe.float64());
        Matrix x = probe.draw("x", ROWS, input.size(), -2, 2);
        int outputs = layer.outputs();
        Matrix delta = probe.draw("delta", ROWS, outputs, 0.5, 1.5);
        layer.watch(x, delta, Place.CHECK, findings);
        if (!findings.none()) {
            return;
        }
        checkGradients(layer, x, delta);
        checkOverwriting(layer, x, delta);
        checkParts(input, x, delta);
        checkFloat32(layer, input, x, delta);
        checkInference(layer, x);
        checkRestoring(input, x, delta);
        checkThreads(input, outputs);
    }

    /** Build the layer with random values for its parameters: gradients must be right for any values, not just for zeros. */
    private BuiltLayer drawn(Shape input, Kernels kernels) {
        BuiltLayer layer = new BuiltLayer(spec, input, kernels);
        for (Parameter parameter : layer.parameters()) {
            Matrix value = parameter.value();
            value.copyFrom(probe.draw(parameter.name(), value.rows(), value.columns(), -1, 1));
        }
        return layer;
    }

    private void checkGradients(BuiltLayer layer, Matrix x, Matrix delta) {
        DoubleSupplier cost = () -> Probe.dot(delta, layer.forward(x, Place.CHECK), false) + layer.addedCost();
        double terms = Probe.dot(delta, layer.forward(x, Place.CHECK), true) + Math.abs(layer.addedCost());
        Matrix dx = Probe.copy(probe.float64(), layer.backward(delta, Place.CHECK));
        compare("∂C/∂x with input " + x.shape(), layer, x, dx, terms, cost);
        for (Parameter parameter : layer.parameters()) {
            Matrix gradient = Probe.copy(probe.float64(), parameter.gradient());
            compare("∂C/∂" + parameter.name(), layer, parameter.value(), gradient, terms, cost);
        }
    }

    /** Compare entries spread over the matrix. */
    private void compare(String value, BuiltLayer layer, Matrix at, Matrix got, double terms, DoubleSupplier cost) {
        Slopes slopes = new Slopes(findings, value, "branches()", got);
        int compared = Math.min(ENTRIES, at.size());
        for (int k = 0; k < compared; k++) {
            int place = (int) ((long) k * at.size() / compared);
            int i = place / at.columns();
            int j = place % at.columns();
            double theta = at.get(i, j);
            String where = "[" + i + ", " + j + "] (" + Findings.at("value", theta) + ")";
            slopes.compare(Curve.of(at, i, j, cost, layer::branches), theta, got.get(i, j), terms, 1, where);
        }
        slopes.end();
    }

    private void checkOverwriting(BuiltLayer layer, Matrix x, Matrix delta) {
        layer.forward(x, Place.CHECK);
        Matrix dx = Probe.copy(probe.float64(), layer.backward(delta, Place.CHECK));
        List<Matrix> gradients = gradients(layer);
        Matrix few = Probe.row(probe.float64(), x, 1);
        layer.forward(few, Place.CHECK);
        layer.backward(Probe.row(probe.float64(), delta, 1), Place.CHECK);
        layer.forward(x, Place.CHECK);
        Matrix again = layer.backward(delta, Place.CHECK);
        findings.untouched("∂C/∂x after another batch", dx, again);
        for (int i = 0; i < gradients.size(); i++) {
            Parameter parameter = layer.parameters().get(i);
            findings.untouched(
                    "∂C/∂" + parameter.name() + " after another batch", gradients.get(i), parameter.gradient());
        }
    }

    private void checkParts(Shape input, Matrix x, Matrix delta) {
        BuiltLayer layer = drawn(input, probe.float32());
        BuiltLayer divided = drawn(input, probe.float32());
        if (!divided.divide(PART)) {
            return;
        }
        Matrix some = Probe.copy(probe.float32(), x);
        Matrix back = Probe.copy(probe.float32(), delta);
        findings.untouched(
                "out of a batch in parts", layer.forward(some, Place.TRAINING), divided.forward(some, Place.TRAINING));
        layer.backward(back, Place.TRAINING);
        divided.gradients(back, Place.TRAINING);
        for (int i = 0; i < layer.parameters().size(); i++) {
            Parameter whole = layer.parameters().get(i);
            findings.untouched(
                    "∂C/∂" + whole.name() + " of a batch in parts",
                    whole.gradient(),
                    divided.parameters().get(i).gradient());
        }
    }

    private void checkFloat32(BuiltLayer layer, Shape input, Matrix x, Matrix delta) {
        Matrix out = Probe.copy(probe.float64(), layer.forward(x, Place.CHECK));
        Matrix dx = layer.backward(delta, Place.CHECK);
        BuiltLayer other = new BuiltLayer(spec, input, probe.float32()).restored(layer);
        Matrix out32 = Probe.copy(probe.float32(), other.forward(Probe.copy(probe.float32(), x), Place.CHECK));
        Matrix dx32 = other.backward(Probe.copy(probe.float32(), delta), Place.CHECK);
        // Sums of a product's terms round once per term.
        double tolerance = Probe.FLOAT32_TOLERANCE * Math.max(1, input.size() / 8.0);
        findings.close("float32 out", out, out32, tolerance, "", out);
        findings.close("float32 ∂C/∂x", dx, dx32, tolerance, "", dx);
        List<Matrix> gradients = gradients(layer);
        for (int i = 0; i < gradients.size(); i++) {
            Parameter parameter = other.parameters().get(i);
            findings.close(
                    "float32 ∂C/∂" + parameter.name(),
                    gradients.get(i),
                    parameter.gradient(),
                    tolerance,
                    "",
                    gradients.get(i));
        }
    }

    private void checkInference(BuiltLayer layer, Matrix x) {
        SortedMap<String, Matrix> before = new TreeMap<>();
        layer.tensors().forEach((name, tensor) -> before.put(name, Probe.copy(probe.float64(), tensor)));
        Matrix out = Probe.copy(probe.float64(), layer.forward(x, Place.INFERENCE));
        findings.finite("out at inference", out, false, "", out);
        for (int i = 0; i < x.rows(); i++) {
            Matrix alone = layer.forward(Probe.row(probe.float64(), x, i), Place.INFERENCE);
            findings.untouched("out of an example in a batch at inference", alone, Probe.row(probe.float64(), out, i));
        }
        layer.forward(x, Place.CHECK);
        SortedMap<String, Matrix> now = layer.tensors();
        before.forEach((name, tensor) ->
                findings.untouched(name + " after inference and a gradient check", tensor, now.get(name)));
    }

    private void checkRestoring(Shape input, Matrix x, Matrix delta) {
        BuiltLayer layer = drawn(input, probe.float32());
        for (int step = 0; step < 3; step++) {
            train(layer, x, delta, step);
        }
        BuiltLayer restored = new BuiltLayer(spec, input, probe.float32()).restored(layer);
        List<Matrix> expected = train(layer, x, delta, 3);
        List<Matrix> got = train(restored, x, delta, 3);
        for (int i = 0; i < expected.size(); i++) {
            findings.untouched(
                    i == 0 ? "out of a restored layer" : "∂C/∂x of a restored layer", expected.get(i), got.get(i));
        }
        for (Map.Entry<String, Matrix> tensor : layer.tensors().entrySet()) {
            findings.untouched(
                    tensor.getKey() + " of a restored layer",
                    tensor.getValue(),
                    restored.tensors().get(tensor.getKey()));
        }
    }

    private List<Matrix> train(BuiltLayer layer, Matrix x, Matrix delta, int step) {
        Place place = new Place(true, true, 0, (long) step * x.rows());
        Matrix out = Probe.copy(probe.float32(), layer.forward(Probe.copy(probe.float32(), x), place));
        Matrix dx = Probe.copy(probe.float32(), layer.backward(Probe.copy(probe.float32(), delta), place));
        return List.of(out, dx);
    }

    private void checkThreads(Shape input, int outputs) {
        int rows = MANY_ELEMENTS / Math.max(input.size(), Math.min(outputs, input.size()));
        Matrix x = probe.draw("x", rows, input.size(), -2, 2);
        Matrix delta = probe.draw("delta", rows, outputs, 0.5, 1.5);
        List<String> names = new ArrayList<>(List.of("out", "∂C/∂x"));
        drawn(input, probe.float32()).parameters().forEach(parameter -> names.add("∂C/∂" + parameter.name()));
        findings.repeatable(names, kernels -> {
            BuiltLayer layer = drawn(input, kernels);
            List<Matrix> results = new ArrayList<>();
            results.add(Probe.copy(kernels, layer.forward(Probe.copy(kernels, x), Place.TRAINING)));
            results.add(Probe.copy(kernels, layer.backward(Probe.copy(kernels, delta), Place.TRAINING)));
            results.addAll(gradients(layer));
            return results;
        });
    }

    private static List<Matrix> gradients(BuiltLayer layer) {
        return layer.copies(layer.parameters().stream().map(Parameter::gradient).toList());
    }
}
