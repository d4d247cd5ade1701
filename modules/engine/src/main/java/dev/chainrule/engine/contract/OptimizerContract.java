package dev.chainrule.engine.contract;

import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.training.Cost;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.api.training.State;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The contract of every {@link OptimizerSpec} and its optimizer:
 *
 * <ul>
 *   <li>an update changes the parameters and keeps their shapes; it leaves gradients unchanged, unless it computes the cost again;
 *   <li>following the gradient of ½Σw² lowers it;
 *   <li>float32 agrees with float64, and all stays finite, also if a gradient is 0;
 *   <li>save() puts in all of its state, and restore() copies it: a new optimizer on copies of the parameters that restores
 *       the state of the first continues with identical bits;
 *   <li>computing again, or with 1, 2 or 3 threads, gives identical bits;
 *   <li>its learning rate keeps the contract of a schedule.
 * </ul>
 */
public final class OptimizerContract {
    private static final double RATE = 0.01;
    private static final int UPDATES = 60;
    private static final int FEW = 4;
    private static final int[][] SHAPES = {{7, 5}, {1, 5}, {3, 1}};
    private static final int[][] LARGE = {{521, 64}, {1, 64}};

    private final Probe probe = new Probe();
    private final OptimizerSpec spec;
    private final Findings findings;

    private OptimizerContract(OptimizerSpec spec, Findings findings) {
        this.spec = spec;
        this.findings = findings;
    }

    /** Return everything that breaks the contract; empty if it is kept. */
    public static List<Finding> check(OptimizerSpec spec) {
        return Findings.of(findings -> {
            new OptimizerContract(spec, findings).check();
            ScheduleContract.check(spec.learningRate(), "learning rate", findings);
        });
    }

    private void check() {
        checkUpdate();
        if (!findings.none()) {
            return;
        }
        checkDescent();
        checkFloat32();
        checkRestoring();
        List<String> names = Arrays.stream(LARGE)
                .map(shape -> "w [" + shape[0] + ", " + shape[1] + "] after " + FEW + " updates")
                .toList();
        findings.repeatable(names, kernels -> {
            List<Parameter> parameters = parameters(LARGE, kernels);
            run(spec.create(parameters, kernels), parameters, 0, FEW);
            return parameters.stream().map(Parameter::value).toList();
        });
    }

    private void checkUpdate() {
        List<Parameter> parameters = parameters(SHAPES, probe.float64());
        List<Matrix> values = copies(parameters);
        Optimizer optimizer = spec.create(parameters, probe.float64());
        gradients(parameters, 0);
        List<Matrix> gradients = parameters.stream()
                .map(parameter -> Probe.copy(probe.float64(), parameter.gradient()))
                .toList();
        update(optimizer, parameters, 0);
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            Matrix now = parameter.value();
            if (!spec.usesCost()) {
                findings.untouched(
                        "gradient of " + parameter.name() + " after update", gradients.get(i), parameter.gradient());
            }
            if (findings.shape(
                    parameter.name(), values.get(i).rows(), values.get(i).columns(), now)) {
                findings.finite(parameter.name() + " after update", now, false, "", now);
                boolean changed = false;
                for (int j = 0; j < now.columns(); j++) {
                    changed |= now.get(0, j) != values.get(i).get(0, j);
                }
                findings.require(changed, parameter.name() + " after update", "another value", "the same one");
            }
        }
        parameters.forEach(parameter -> parameter.gradient().fill(0));
        update(optimizer, parameters, 1);
        parameters.forEach(parameter -> findings.finite(
                parameter.name() + " after a gradient of 0", parameter.value(), false, "", parameter.value()));
    }

    private void checkDescent() {
        List<Parameter> parameters = parameters(SHAPES, probe.float64());
        Optimizer optimizer = spec.create(parameters, probe.float64());
        double before = halfSquares(parameters);
        for (int step = 0; step < UPDATES; step++) {
            parameters.forEach(parameter -> parameter.gradient().copyFrom(parameter.value()));
            update(optimizer, parameters, step);
        }
        double after = halfSquares(parameters);
        findings.require(
                after < before,
                "½Σw² after " + UPDATES + " updates along its gradient",
                "below " + Numbers.format(before),
                after);
    }

    private double halfSquares(List<Parameter> parameters) {
        double sum = 0;
        for (Parameter parameter : parameters) {
            sum += probe.float64().sumOfSquares(parameter.value()) / 2;
        }
        return sum;
    }

    private void checkFloat32() {
        List<Parameter> exact = parameters(SHAPES, probe.float64());
        List<Parameter> rounded = parameters(SHAPES, probe.float32());
        run(spec.create(exact, probe.float64()), exact, 0, FEW);
        run(spec.create(rounded, probe.float32()), rounded, 0, FEW);
        for (int i = 0; i < exact.size(); i++) {
            Matrix value = exact.get(i).value();
            findings.close(
                    "float32 " + exact.get(i).name() + " after " + FEW + " updates",
                    value,
                    rounded.get(i).value(),
                    Probe.FLOAT32_TOLERANCE,
                    "",
                    value);
        }
    }

    private void checkRestoring() {
        List<Parameter> parameters = parameters(SHAPES, probe.float32());
        Optimizer optimizer = spec.create(parameters, probe.float32());
        run(optimizer, parameters, 0, FEW);
        List<Parameter> copies = parameters(SHAPES, probe.float32());
        for (int i = 0; i < copies.size(); i++) {
            copies.get(i).value().copyFrom(parameters.get(i).value());
        }
        Optimizer restored = spec.create(copies, probe.float32());
        State saved = State.of(optimizer);
        Set<String> names = saved.matrices().keySet();
        Set<String> own = State.of(restored).matrices().keySet();
        findings.require(names.equals(own), "names of saved matrices", names, own);
        if (!findings.none()) {
            return;
        }
        restored.restore(saved);
        run(optimizer, parameters, FEW, 2 * FEW);
        run(restored, copies, FEW, 2 * FEW);
        for (int i = 0; i < copies.size(); i++) {
            findings.untouched(
                    copies.get(i).name() + " after restoring",
                    parameters.get(i).value(),
                    copies.get(i).value());
        }
        State after = State.of(restored);
        State.of(optimizer)
                .matrices()
                .forEach((name, matrix) ->
                        findings.untouched("state " + name + " after restoring", matrix, after.matrix(name)));
    }

    private void run(Optimizer optimizer, List<Parameter> parameters, int from, int to) {
        for (int step = from; step < to; step++) {
            gradients(parameters, step);
            update(optimizer, parameters, step);
        }
    }

    private void update(Optimizer optimizer, List<Parameter> parameters, long step) {
        optimizer.update(step, RATE, new Bowl(parameters));
    }

    /** The cost Σ g ⊙ (w − w₀) + ½Σ (w − w₀)², whose gradients at the present parameters w₀ are the present ones, g. */
    private static final class Bowl implements Cost {
        private final List<Parameter> parameters;
        private final List<Matrix> start;
        private final List<Matrix> slopes;

        Bowl(List<Parameter> parameters) {
            this.parameters = parameters;
            this.start = parameters.stream().map(one -> one.value().copy()).toList();
            this.slopes = parameters.stream().map(one -> one.gradient().copy()).toList();
        }

        @Override
        public double value() {
            double sum = 0;
            for (int k = 0; k < parameters.size(); k++) {
                for (int i = 0; i < start.get(k).rows(); i++) {
                    for (int j = 0; j < start.get(k).columns(); j++) {
                        double moved = moved(k, i, j);
                        sum += moved * (slopes.get(k).get(i, j) + moved / 2);
                    }
                }
            }
            return sum;
        }

        @Override
        public void compute() {
            for (int k = 0; k < parameters.size(); k++) {
                Matrix gradient = parameters.get(k).gradient();
                for (int i = 0; i < gradient.rows(); i++) {
                    for (int j = 0; j < gradient.columns(); j++) {
                        gradient.set(i, j, slopes.get(k).get(i, j) + moved(k, i, j));
                    }
                }
            }
        }

        private double moved(int k, int i, int j) {
            return parameters.get(k).value().get(i, j) - start.get(k).get(i, j);
        }
    }

    private void gradients(List<Parameter> parameters, int step) {
        for (Parameter parameter : parameters) {
            Matrix gradient = parameter.gradient();
            // Far from 0, since an optimizer that divides by a gradient's size would magnify its rounding.
            gradient.copyFrom(
                    probe.draw(parameter.name() + " of step " + step, gradient.rows(), gradient.columns(), 0.5, 1.5));
        }
    }

    private List<Parameter> parameters(int[][] shapes, Kernels kernels) {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < shapes.length; i++) {
            String name = "layer_" + (i + 1) + ".weights";
            Matrix value = Probe.copy(kernels, probe.draw(name, shapes[i][0], shapes[i][1], 1, 2));
            parameters.add(new Parameter(name, value, kernels.matrix(shapes[i][0], shapes[i][1])));
        }
        return parameters;
    }

    private List<Matrix> copies(List<Parameter> parameters) {
        return parameters.stream()
                .map(parameter -> Probe.copy(probe.float64(), parameter.value()))
                .toList();
    }
}
