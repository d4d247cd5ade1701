package dev.chainrule.engine.contract;

import dev.chainrule.api.Metric;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.State;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;
import java.util.List;

/**
 * The contract of every {@link Metric}, checked with each form of targets that it accepts:
 *
 * <ul>
 *   <li>outputs, targets and costs are not modified; the value of no examples is NaN, that of some a finite number;
 *   <li>the size of the batches changes no bit, nor does a second evaluation at the same time.
 * </ul>
 */
public final class MetricContract {
    private final Probe probe = new Probe();
    private final Metric metric;
    private final Findings findings;

    private MetricContract(Metric metric, Findings findings) {
        this.metric = metric;
        this.findings = findings;
    }

    /** Return everything that breaks the contract; empty if it is kept. */
    public static List<Finding> check(Metric metric) {
        return Findings.of(findings -> new MetricContract(metric, findings).check());
    }

    private void check() {
        List<Examples> accepted = Examples.ALL.stream().filter(this::accepts).toList();
        findings.require(!accepted.isEmpty(), "kinds of targets accepted", 1, 0);
        if (accepted.isEmpty()) {
            return;
        }
        double none = metric.start(accepted.get(0).target()).value();
        findings.require(Double.isNaN(none), "value of no examples", ".nan", none);
        accepted.forEach(this::check);
    }

    private boolean accepts(Examples one) {
        try {
            metric.check(Shape.of(one.a()[0].length), one.target());
            return true;
        } catch (InputException refused) {
            return false;
        }
    }

    private void check(Examples one) {
        String with = " with " + one.name();
        Matrix a = Probe.of(probe.float64(), one.a());
        Matrix y = Probe.of(probe.float64(), one.y());
        Matrix costs = probe.draw("costs", a.rows(), 1, 0, 2);
        Matrix costsBefore = Probe.copy(probe.float64(), costs);
        Metric.Accumulator whole = metric.start(one.target());
        whole.add(a, y, costs);
        double value = whole.value();
        findings.untouched("a" + with, Probe.of(probe.float64(), one.a()), a);
        findings.untouched("y" + with, Probe.of(probe.float64(), one.y()), y);
        findings.untouched("costs" + with, costsBefore, costs);
        findings.require(Double.isFinite(value), "value" + with, "a finite number", value);
        Metric.Accumulator single = metric.start(one.target());
        Metric.Accumulator other = metric.start(one.target());
        Metric.Accumulator resumed = metric.start(one.target());
        for (int i = 0; i < a.rows(); i++) {
            Matrix outputs = Probe.row(probe.float64(), a, i);
            Matrix targets = Probe.row(probe.float64(), y, i);
            single.add(outputs, targets, Probe.row(probe.float64(), costs, i));
            State state = State.of(resumed);
            resumed = metric.start(one.target());
            resumed.restore(state);
            resumed.add(outputs, targets, Probe.row(probe.float64(), costs, i));
            other.add(
                    Probe.row(probe.float64(), a, 0),
                    Probe.row(probe.float64(), y, 0),
                    Probe.row(probe.float64(), costs, 0));
        }
        findings.require(
                Double.compare(value, single.value()) == 0,
                "value" + with + ", example by example, interleaved with another evaluation",
                value,
                single.value());
        findings.require(
                Double.compare(value, resumed.value()) == 0,
                "value" + with + ", saved and restored before each example",
                value,
                resumed.value());
    }
}
