package dev.chainrule.builtin.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.CheckException;
import dev.chainrule.api.GradientReport;
import dev.chainrule.api.GradientReport.Entry;
import dev.chainrule.api.GradientReport.Row;
import dev.chainrule.api.Hook;
import dev.chainrule.api.ParameterException;
import dev.chainrule.builtin.hook.GradientCheckHook.At;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradientCheckHookTests {
    private static final Row GOOD = new Row("BP4", "dense_1.weights", 50, 2, 0, new Entry(3, 4, 0.1, 0.1, 3.2e-9));
    private static final Row UNCHECKED = new Row("", "batch_norm_1.gamma", 0, 50, 0, null);
    private static final Row BAD = new Row("BP3", "dense_1.biases", 10, 0, 2, new Entry(0, 7, 0.5, 0.25, 1 / 3.0));

    private final RecordingRun run = new RecordingRun();

    private void drive(At at, Hook.Ending ending) {
        run.drive(new GradientCheckHook(at, 50, 1e-6).create(run), ending);
    }

    @Test
    void check_thatPasses_printsATable() {
        run.report = new GradientReport(List.of(GOOD, UNCHECKED));
        drive(At.START, Hook.Ending.COMPLETED);
        assertEquals(List.of(new GradientReport.Options(50, 1e-6)), run.checks);
        assertEquals("""
                gradient check passed: backpropagation against central differences in float64, tolerance 1e-6
                  equation  parameter           checked  at kink  failed  largest relative error
                  BP4       dense_1.weights          50        2       0  3.2e-09
                            batch_norm_1.gamma        0       50       0  -""", String.join("\n", run.lines));
    }

    @Test
    void check_thatFails_printsTheTableAndEndsTheRun() {
        run.report = new GradientReport(List.of(GOOD, BAD));
        CheckException problem = assertThrows(CheckException.class, () -> drive(At.START, Hook.Ending.COMPLETED));
        assertEquals(
                "the gradient of dense_1.biases is wrong in 2 of 10 entries; worst at [0, 7]: backpropagation gives 0.5, "
                        + "central differences give 0.25, relative error 0.3333, tolerance 1e-6",
                problem.getMessage());
        assertEquals(4, run.lines.size());
    }

    @Test
    void check_atTheEnd_happensOnceAndOnlyAfterAGoodRun() {
        for (Hook.Ending ending : Hook.Ending.values()) {
            run.checks.clear();
            drive(At.END, ending);
            boolean good = ending == Hook.Ending.COMPLETED || ending == Hook.Ending.STOPPED;
            assertEquals(good ? 1 : 0, run.checks.size(), ending.toString());
        }
    }

    @Test
    void parameters_outsideTheirRange_areRefused() {
        assertEquals(
                "samples is 0",
                assertThrows(ParameterException.class, () -> new GradientCheckHook(At.START, 0, 1e-6))
                        .getMessage());
        assertEquals(
                "tolerance is 0",
                assertThrows(ParameterException.class, () -> new GradientCheckHook(At.START, 1, 0))
                        .getMessage());
    }
}
