package dev.chainrule.builtin.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.api.training.Hook;
import dev.chainrule.api.value.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class LogHookTests {
    private final RecordingRun run = new RecordingRun();
    private final List<String> log = new ArrayList<>();

    @Test
    void epochs_always_areLogged() {
        run.drive(new LogWriter(run, Optional.empty(), log::add), Hook.Ending.INTERRUPTED);
        assertEquals(
                List.of(
                        "epoch 1/2  train loss 0.1667  validation accuracy 0.9000",
                        "epoch 2/2  train loss 0.08333  validation accuracy 0.9100",
                        "run interrupted after step 6"),
                log);
    }

    @Test
    void steps_whenAskedFor_areLoggedToo() {
        run.drive(new LogWriter(run, Optional.of(Span.parse("2 steps")), log::add), Hook.Ending.COMPLETED);
        assertEquals("step 2  loss 0.2500  gradient norm 1.500  learning rate 0.001000", log.get(0));
        assertEquals(
                List.of("step 2", "epoch 1/2", "step 4", "step 6", "epoch 2/2", "run completed"),
                log.stream().map(line -> line.split("  | after")[0]).toList());
    }

    @Test
    void create_ofTheHook_logsToTheSystemLogger() {
        // Without a log library, System.Logger is java.util.logging.
        Logger logger = Logger.getLogger(LogHook.LOGGER);
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                log.add(entry.getLevel() + " " + entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
        try {
            run.drive(new LogHook(Optional.empty()).create(run), Hook.Ending.COMPLETED);
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        assertEquals(3, log.size());
        assertEquals("INFO run completed after step 6", log.get(2));
        assertEquals(List.of(), run.lines, "the console is not the log");
    }
}
