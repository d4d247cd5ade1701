package dev.chainrule.builtin.hook;

import dev.chainrule.api.Run;
import dev.chainrule.api.training.Console;
import dev.chainrule.api.training.Hook;
import dev.chainrule.api.training.Progress;
import dev.chainrule.math.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The bar {@code epoch 3/10 [######....]  62 %  1:05 left  45678 examples/s  loss 0.1234  best 0.1456  █▃▁}, which leaves a line
 * behind after every so many epochs and the last. The best is the lowest loss of an epoch so far, on validation data if there is any; the
 * row of blocks is its course. Speed counts training only; the seconds of an epoch and the time left
 * include evaluation. The time left is estimated from recent steps ({@link Pace}) and the most recent evaluation.
 */
final class ProgressBar implements Hook {
    private static final long REDRAW_NANOS = 100_000_000;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int WIDEST_BAR = 30;
    private static final int WIDEST_COURSE = 12;
    private static final int NARROWEST_BAR = 5;
    private static final String GAP = "  ";

    private final Run run;
    private final Console console;
    private final long every;
    private final LongSupplier nanoTime;
    private final Pace pace = new Pace();
    private final EpochLine epochLine = new EpochLine();
    /** The time between the last step of an epoch and the next epoch, in nanoseconds. */
    private long pause;

    private long epochStart;
    private long lastStep;
    private long lastDrawn;
    private long epochExamples;

    ProgressBar(Run run, long every, LongSupplier nanoTime) {
        this.run = run;
        this.every = every;
        this.console = run.console();
        this.nanoTime = nanoTime;
    }

    @Override
    public void onRunStart() {
        long now = nanoTime.getAsLong();
        pace.begin(now, run.progress().step());
        lastDrawn = now - REDRAW_NANOS;
        begin(now); // in a resumed run, no epoch start is called for an epoch that had begun
    }

    @Override
    public void onEpochStart() {
        long now = nanoTime.getAsLong();
        if (epochExamples > 0) {
            pause = now - lastStep;
        }
        pace.pause(now - lastStep);
        begin(now);
    }

    private void begin(long now) {
        epochStart = now;
        lastStep = now;
        epochExamples = 0;
    }

    @Override
    public void onStepEnd() {
        epochExamples += run.batchRows();
        lastStep = nanoTime.getAsLong();
        pace.step(lastStep, run.progress().step());
        if (console.live() && lastStep - lastDrawn >= REDRAW_NANOS) {
            lastDrawn = lastStep;
            console.status(bar(run.progress()));
        }
    }

    @Override
    public void onEpochEnd() {
        Progress progress = run.progress();
        long epoch = Epochs.number(progress);
        if (epoch % every != 0 && epoch != progress.epochs()) {
            return;
        }
        console.status("");
        String end = String.format(Locale.ROOT, "  %5.1f s", (nanoTime.getAsLong() - epochStart) / NANOS_PER_SECOND);
        String loss = progress.history().metrics().isEmpty() ? "  loss " + Numbers.rounded(run.loss()) : "";
        // On a terminal, the bar has shown the speed, and one column stays free.
        int columns = console.live() ? console.width() - 1 : console.width();
        String speed = String.format(Locale.ROOT, "  %7.0f examples/s", examplesPerSecond());
        String line = epochLine.of(progress, loss + end, columns);
        console.line(console.live() || line.length() + speed.length() > columns ? line : line + speed);
    }

    @Override
    public void onRunEnd(Ending ending) {
        console.status("");
    }

    private String bar(Progress progress) {
        double share = (double) Epochs.stepsIntoEpoch(progress) / progress.stepsPerEpoch();
        String label = Epochs.label(progress);
        // In order of importance: a narrow terminal omits facts from the end.
        List<String> facts = new ArrayList<>(List.of(
                String.format(Locale.ROOT, "%3d %%", (int) (100 * share)),
                timeLeft(progress) + " left",
                String.format(Locale.ROOT, "%.0f examples/s", examplesPerSecond()),
                "loss " + Numbers.rounded(run.loss())));
        Epochs.judged(progress).ifPresent(metric -> {
            List<Double> values = progress.history().values(metric);
            facts.add("best " + Numbers.rounded(Epochs.lowest(values)));
            if (values.size() > 1) {
                facts.add(Numbers.sparkline(values, WIDEST_COURSE, console.unicode()));
            }
        });
        // One column stays free: a full line makes some terminals wrap.
        int room = console.width() - 1 - label.length() - " [] ".length();
        while (facts.size() > 1 && String.join(GAP, facts).length() > room - NARROWEST_BAR) {
            facts.remove(facts.size() - 1);
        }
        String right = String.join(GAP, facts);
        int width = Math.min(WIDEST_BAR, room - right.length());
        if (width < NARROWEST_BAR) {
            return label + " " + right;
        }
        int done = (int) (width * share);
        return label + " [" + "#".repeat(done) + ".".repeat(width - done) + "] " + right;
    }

    private double examplesPerSecond() {
        long nanos = lastStep - epochStart;
        return nanos <= 0 ? 0 : epochExamples * NANOS_PER_SECOND / nanos;
    }

    private String timeLeft(Progress progress) {
        long steps = progress.totalSteps() - progress.step();
        long epochs = progress.epochs() - Epochs.number(progress) + 1;
        double nanos = steps * pace.nanosPerStep(lastStep, progress.step()) + epochs * (double) pause;
        long seconds = (long) (nanos / NANOS_PER_SECOND);
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
