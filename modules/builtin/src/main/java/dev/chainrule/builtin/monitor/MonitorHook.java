package dev.chainrule.builtin.monitor;

import dev.chainrule.api.Run;
import dev.chainrule.api.training.Hook;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The events of a run, passed to a monitor.
 *
 * <p>A monitor that cannot write does not end the run: this warns once, and at the end of each following epoch opens the copy again
 * and adds the epochs that it lacks. So does a resumed run. Therefore neither leaves a gap in metrics, and nothing is contained
 * twice.
 */
final class MonitorHook implements Hook {
    private static final System.Logger LOG = System.getLogger(MonitorHook.class.getName());

    private final String name;
    private final Path place;
    private final Run run;
    private final Monitor monitor;
    private final Act step;
    private boolean open;
    private boolean warned;
    private int epochs;

    /**
     * Create the hook of a run.
     *
     * @param name of the component
     * @param place the file or folder that the monitor writes
     */
    MonitorHook(String name, Path place, Run run, Monitor monitor) {
        this.name = name;
        this.place = place;
        this.run = run;
        this.monitor = monitor;
        this.step = monitor::step;
    }

    /** Some writing. */
    @FunctionalInterface
    private interface Act {
        void take() throws IOException;
    }

    @Override
    public void onRunStart() {
        attempt(this::complete);
    }

    @Override
    public void onStepEnd() {
        if (open) {
            attempt(step);
        }
    }

    @Override
    public void onEpochEnd() {
        attempt(this::complete);
    }

    @Override
    public void onRunEnd(Ending ending) {
        attempt(() -> {
            complete();
            monitor.end(ending, Figures.ofTest(run.progress()));
        });
    }

    /** Add the epochs that are missing. */
    private void complete() throws IOException {
        if (!open) {
            epochs = monitor.open();
            open = true;
        }
        for (int recorded = Figures.epochs(run.progress()); epochs < recorded; epochs++) {
            monitor.epoch(Figures.ofEpoch(epochs, run.progress()));
        }
    }

    private void attempt(Act act) {
        try {
            act.take();
        } catch (IOException e) {
            open = false;
            if (!warned) {
                warned = true;
                LOG.log(
                        System.Logger.Level.WARNING,
                        name + ": cannot write " + place + ": " + Copies.reason(e)
                                + ". The run continues, and tries again after each epoch.");
            }
        }
    }
}
