package dev.chainrule.builtin.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.training.Hook;
import dev.chainrule.api.value.Span;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressHookTests {
    private final RecordingRun run = new RecordingRun();

    private void drive() {
        run.drive(new ProgressBar(run, 1, () -> run.nanos), Hook.Ending.COMPLETED);
    }

    @Test
    void epochs_withoutATerminal_areOneLineEach() {
        drive();
        assertEquals(
                List.of(
                        "epoch 1/2  train loss 0.1667  validation accuracy 0.9000    3.0 s       10 examples/s",
                        "epoch 2/2  train loss 0.08333  validation accuracy 0.9100    3.0 s       10 examples/s"),
                run.lines);
        assertEquals(List.of(), run.statuses);
    }

    @ParameterizedTest
    @CsvSource({
        "47, 'epoch 2/2  train loss 0.08333    3.0 s'",
        "75, 'epoch 2/2  train loss 0.08333 f1 0.6000    3.0 s'",
        "99, 'epoch 2/2  train loss 0.08333 f1 0.6000  validation accuracy 0.9100    3.0 s'",
        "100, 'epoch 2/2  train loss 0.08333 f1 0.6000  validation accuracy 0.9100  train.good loss 0.5000    3.0 s'"
    })
    void epochs_ofManyMetrics_giveThoseThatFitTheMostImportantFirst(int width, String line) {
        run.width = width + 1;
        run.live = true;
        run.metrics.put("train.loss", new ArrayList<>());
        run.metrics.put("train.f1", List.of(0.6));
        run.metrics.put("validation.accuracy", new ArrayList<>());
        run.metrics.put("train.good.loss", List.of(0.5));
        drive();
        assertEquals(line, run.lines.get(1));
    }

    @Test
    void epochs_ofGrowingNumbers_stayInLine() {
        run.metrics.put("train.other", new ArrayList<>(List.of(0.00001234)));
        run.width = 200;
        drive();
        int place = run.lines.get(0).indexOf("validation");
        assertEquals(place + 1, run.lines.get(1).indexOf("validation"), "0.08333 is wider than 0.1667");
        EpochLine line = new EpochLine();
        String wide = line.of(run.progress(), "", 200);
        run.metrics.get("train.loss").add(0.5);
        assertEquals(
                wide.indexOf("validation"), line.of(run.progress(), "", 200).indexOf("validation"));
    }

    @Test
    void steps_onATerminal_drawABar() {
        run.live = true;
        drive();
        assertEquals(
                "epoch 1/2 [##########....................]  33 %  0:05 left  10 examples/s  loss 0.2500",
                run.statuses.get(0));
        assertEquals(
                "epoch 2/2 [####################..........]  66 %  0:01 left  10 examples/s  loss 0.2500"
                        + "  best 0.1667",
                run.statuses.get(5));
        assertEquals("", run.statuses.get(3), "the bar makes way for the epoch's line");
        assertEquals("", run.statuses.get(run.statuses.size() - 1), "nothing stays at the end");
        assertEquals(2, run.lines.size());
    }

    @Test
    void steps_inQuickSuccession_areDrawnTenTimesASecondAtMost() {
        run.live = true;
        run.nanosPerStep = 60_000_000;
        drive();
        long drawn = run.statuses.stream().filter(text -> !text.isEmpty()).count();
        assertEquals(3, drawn, "at 60, 180 and 300 of 360 ms");
    }

    @Test
    void bar_onANarrowTerminal_givesWay() {
        run.live = true;
        run.width = 70;
        drive();
        assertEquals(
                "epoch 1/2 [####........]  33 %  0:05 left  10 examples/s  loss 0.2500",
                run.statuses.get(0), "one column stays free");
        run.statuses.clear();
        run.width = 30;
        drive();
        for (String status : run.statuses) {
            assertTrue(status.length() < 30, status);
        }
        assertTrue(run.statuses.get(0).startsWith("epoch "), run.statuses.get(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 72, 80, 100, 200})
    void bar_anyWidth_leavesOneColumnFree(int width) {
        run.live = true;
        run.width = width;
        drive();
        for (String status : run.statuses) {
            assertTrue(status.length() < width, status);
        }
        assertTrue(run.statuses.get(5).contains("0:01 left"), run.statuses.get(5));
    }

    @Test
    void bar_terminalThatChanges_isFollowed() {
        run.live = true;
        run.width = 100;
        run.drive(
                new ProgressBar(run, 1, () -> {
                    run.width = run.nanos > 2_500_000_000L ? 50 : 100;
                    return run.nanos;
                }),
                Hook.Ending.COMPLETED);
        assertTrue(run.statuses.get(0).length() > 50, run.statuses.get(0));
        assertTrue(run.statuses.get(2).length() < 50, run.statuses.get(2));
    }

    @Test
    void create_ofTheHook_runs() {
        run.live = true;
        run.drive(new ProgressHook(Span.parse("1 epoch")).create(run), Hook.Ending.FAILED);
        assertEquals(2, run.lines.size());
    }
}
