package dev.chainrule.builtin.hook;

import dev.chainrule.api.Run;
import dev.chainrule.api.error.RunException;
import dev.chainrule.api.training.Hook;
import dev.chainrule.api.training.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The requests for checkpoints and the record of those saved. The checkpoints to delete are chosen when a new one is
 * requested, and deleted when that one is complete: the newest complete one is never deleted.
 */
final class CheckpointKeeper implements Hook {
    private static final System.Logger LOG = System.getLogger(CheckpointKeeper.class.getName());

    private final CheckpointHook spec;
    private final Run run;
    private final LongSupplier nanoTime;
    private final List<Kept> kept = new ArrayList<>();
    private final List<String> doomed = new ArrayList<>();
    private long savedStep = -1;
    private long savedTime;

    /** A requested checkpoint with the value of the metric for the best; NaN for none. */
    private record Kept(String name, double value) {}

    CheckpointKeeper(CheckpointHook spec, Run run, LongSupplier nanoTime) {
        this.spec = spec;
        this.run = run;
        this.nanoTime = nanoTime;
        this.savedTime = nanoTime.getAsLong();
    }

    @Override
    public void onStepEnd() {
        long step = run.progress().step();
        boolean due = switch (spec.every().unit()) {
            case EPOCH -> false;
            case STEP -> step % spec.every().count() == 0;
            case MINUTE ->
                nanoTime.getAsLong() - savedTime
                        >= TimeUnit.MINUTES.toNanos(spec.every().count());
        };
        if (due) {
            save(stepName(), Double.NaN);
        }
    }

    @Override
    public void onEpochEnd() {
        if (spec.every().unit() == Every.Unit.EPOCH
                && Epochs.number(run.progress()) % spec.every().count() == 0) {
            save(epochName(), value());
        }
    }

    @Override
    public void onRunEnd(Ending ending) {
        boolean ended = ending == Ending.COMPLETED || ending == Ending.STOPPED;
        if (ended && savedStep != run.progress().step()) {
            save(spec.every().unit() == Every.Unit.EPOCH ? epochName() : stepName(), value());
        }
    }

    @Override
    public void save(State to) {
        to.put("kept", kept.size()).put("doomed", doomed.size()).put("step", savedStep);
        for (int i = 0; i < kept.size(); i++) {
            to.put("kept." + i, kept.get(i).name())
                    .put("value." + i, kept.get(i).value());
        }
        for (int i = 0; i < doomed.size(); i++) {
            to.put("doomed." + i, doomed.get(i));
        }
    }

    @Override
    public void restore(State from) {
        savedStep = from.whole("step");
        for (int i = 0; i < from.whole("kept"); i++) {
            kept.add(new Kept(from.text("kept." + i), from.number("value." + i)));
        }
        for (int i = 0; i < from.whole("doomed"); i++) {
            doomed.add(from.text("doomed." + i));
        }
    }

    private double value() {
        return spec.best().map(best -> best.watched().latest(run)).orElse(Double.NaN);
    }

    private String stepName() {
        return String.format(Locale.ROOT, "step-%08d", run.progress().step());
    }

    private String epochName() {
        return String.format(Locale.ROOT, "epoch-%04d", Epochs.number(run.progress()));
    }

    private void save(String name, double value) {
        savedStep = run.progress().step();
        savedTime = nanoTime.getAsLong();
        kept.removeIf(other -> other.name().equals(name));
        doomed.remove(name);
        kept.add(new Kept(name, value));
        List<Kept> staying = staying();
        kept.stream().filter(one -> !staying.contains(one)).map(Kept::name).forEach(doomed::add);
        kept.retainAll(staying);
        List<String> now = List.copyOf(doomed);
        run.saveCheckpoint(name, new Run.Saved() {
            @Override
            public void written(Path file) {
                now.forEach(old -> delete(file.resolveSibling(old + ending(file, name))));
                doomed.removeAll(now);
            }

            @Override
            public void failed(RunException e) {
                if (spec.onError() == CheckpointHook.OnError.STOP) {
                    throw e;
                }
                LOG.log(System.Logger.Level.WARNING, "no checkpoint " + name + ": " + e.getMessage());
            }
        });
    }

    private List<Kept> staying() {
        Stream<Kept> newest = kept.stream().skip(Math.max(0, kept.size() - spec.keep()));
        Stream<Kept> best = spec.best().stream()
                .flatMap(wanted -> kept.stream()
                        .filter(one -> !Double.isNaN(one.value()))
                        .sorted(Comparator.comparing(
                                Kept::value,
                                (a, b) -> wanted.watched().isBetter(a, b, 0, run)
                                        ? -1
                                        : wanted.watched().isBetter(b, a, 0, run) ? 1 : 0))
                        .limit(wanted.keep()));
        return Stream.concat(newest, best).toList();
    }

    private static String ending(Path file, String name) {
        return file.getFileName().toString().substring(name.length());
    }

    private static void delete(Path checkpoint) {
        try {
            Files.deleteIfExists(checkpoint);
        } catch (IOException e) {
            throw new RunException("the old checkpoint " + checkpoint + " cannot be deleted: " + e.getMessage(), e);
        }
    }
}
