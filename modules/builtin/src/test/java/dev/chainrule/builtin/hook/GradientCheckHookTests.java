package dev.chainrule.builtin.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.error.CheckException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.GradientReport;
import dev.chainrule.api.training.GradientReport.Entry;
import dev.chainrule.api.training.GradientReport.Row;
import dev.chainrule.api.training.Hook;
import dev.chainrule.api.value.Span;
import dev.chainrule.builtin.hook.GradientCheckHook.At;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GradientCheckHookTests {
    private static final GradientReport.Options OPTIONS = new GradientReport.Options(50, 1e-6, Optional.empty());
    private static final Row GOOD = new Row(
            "BP4", "dense_1", "dense_1.weights", 600, 48, 2, 0, 0, 0, Optional.of(new Entry(3, 4, 0.1, 0.1, 3.2e-9)));
    private static final Row UNCHECKED =
            new Row("parameters", "batch_norm_1", "batch_norm_1.gamma", 60, 0, 50, 0, 0, 0, Optional.empty());
    private static final Row BAD = new Row(
            "BP3", "dense_1", "dense_1.biases", 10, 10, 0, 0, 0, 2, Optional.of(new Entry(0, 7, 0.5, 0.25, 1 / 3.0)));

    private final RecordingRun run = new RecordingRun();

    private void drive(At at, Hook.Ending ending) {
        run.drive(new GradientCheckHook(at, Optional.empty(), 50, 1e-6, Optional.empty()).create(run), ending);
    }

    @Test
    void check_thatIsInconclusive_printsATableAndGoesOn() {
        run.report = new GradientReport(List.of(GOOD, UNCHECKED), List.of());
        drive(At.START, Hook.Ending.COMPLETED);
        assertEquals(List.of(OPTIONS), run.checks);
        assertEquals("""
            gradient check inconclusive: backpropagation against slopes of the cost in float64, tolerance 1e-6
              equation     quantity              entries  checked  at kink  unclear  failed  worst
              BP4          dense_1.weights           600       48        2        0       0  3.2e-09
              parameters   batch_norm_1.gamma         60        0       50        0       0  -        too few compared\
            """, String.join("\n", run.lines));
    }

    @Test
    void check_thatFails_printsTheTableAndEndsTheRun() {
        GradientReport.Fault fault = new GradientReport.Fault("BP3", "dense_1", BAD, Optional.of("a factor is wrong"));
        run.report = new GradientReport(List.of(GOOD, BAD), List.of(fault));
        CheckException problem = assertThrows(CheckException.class, () -> drive(At.START, Hook.Ending.COMPLETED));
        assertEquals(
                "the gradient check failed. BP3 is wrong in dense_1: dense_1.biases differs in 2 of 10 entries, most"
                        + " at [0, 7], where backpropagation gives 0.5 and the slope of the cost is 0.25, relative error"
                        + " 3.3e-01. Likely cause: a factor is wrong",
                problem.getMessage());
        assertEquals(5, run.lines.size());
    }

    @Test
    void check_everySoOften_happensThenToo() {
        for (String every : List.of("1 epoch", "2 steps")) {
            RecordingRun run = new RecordingRun();
            Optional<Span> span = Optional.of(Span.parse(every));
            run.drive(
                    new GradientCheckHook(At.START, span, 50, 1e-6, Optional.empty()).create(run),
                    Hook.Ending.COMPLETED);
            // At the start, then after 2 epochs of 3 steps: each epoch, or steps 2, 4 and 6.
            assertEquals(every.equals("1 epoch") ? 3 : 4, run.checks.size(), every);
        }
    }

    @Test
    void check_ofAResumedRun_isNotRepeated() {
        drive(At.START, Hook.Ending.INTERRUPTED);
        drive(At.START, Hook.Ending.COMPLETED);
        assertEquals(1, run.checks.size());
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
                assertThrows(
                                ParameterException.class,
                                () -> new GradientCheckHook(At.START, Optional.empty(), 0, 1e-6, Optional.empty()))
                        .getMessage());
        assertEquals(
                "tolerance is 0",
                assertThrows(
                                ParameterException.class,
                                () -> new GradientCheckHook(At.START, Optional.empty(), 1, 0, Optional.empty()))
                        .getMessage());
    }
}
