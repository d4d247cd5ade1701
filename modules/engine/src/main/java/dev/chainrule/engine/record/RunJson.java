package dev.chainrule.engine.record;

import dev.chainrule.api.training.Hook;
import dev.chainrule.engine.files.AtomicFiles;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The record of a run, run.json, as its process writes it: at the beginning and at the end, whole and sealed ({@link RunSeal}).
 * {@link RunRecord} reads it.
 */
public final class RunJson {
    /** Enough memory to write a record with the reason after everything else is used up. */
    private static final int RESERVE = 1 << 22;

    private final RunDirectory directory;
    private final RunStreams streams;
    private final Clock clock;
    private final TextFilter filter;
    private final Blame.Judge judge;
    private final Map<String, Object> record = new LinkedHashMap<>();
    /** Memory that is given back when the run has used up the rest, so that its ending can be written. */
    @SuppressWarnings("UnusedVariable")
    private byte[] reserve = new byte[RESERVE];

    private boolean ended;

    /**
     * Create the record of one run; nothing is written yet.
     *
     * @param streams of the same run: the end of the record describes their content
     * @param clock for the times of beginning and end; nothing on the training path sees it
     */
    @Inject
    public RunJson(RunDirectory directory, RunStreams streams, Clock clock, TextFilter filter, Blame.Judge judge) {
        this.directory = directory;
        this.streams = streams;
        this.clock = clock;
        this.filter = filter;
        this.judge = judge;
    }

    /**
     * Begin: write the config as given with its bases, the resolved one, and the first run.json.
     *
     * @param bases content of the configs that it extends, by the names of their copies
     * @param facts config, data, program and machine: the beginning of run.json
     */
    public void start(String config, String resolved, Map<String, byte[]> bases, Map<String, Object> facts) {
        AtomicFiles.write(directory.config(), config);
        if (!bases.isEmpty()) {
            AtomicFiles.createFolder(directory.bases());
            bases.forEach(
                    (name, content) -> AtomicFiles.write(directory.bases().resolve(name), ByteBuffer.wrap(content)));
        }
        AtomicFiles.write(directory.resolved(), resolved);
        record.put("format", 2);
        record.put("state", RunRecord.RUNNING);
        record.put("exit", null);
        record.put("started", clock.instant().toString());
        record.put("ended", null);
        record.putAll(facts);
        write(false);
    }

    /**
     * Reopen the record of a run that is resumed: its facts stay, and the resumption is added to {@code resumed}.
     *
     * @param before the record so far
     * @param resumed the place at which it resumes, and the changes
     * @param changed facts with their new values
     */
    public void reopen(RunRecord before, Map<String, Object> resumed, Map<String, Object> changed) {
        record.putAll(before.all());
        record.putAll(changed);
        record.put("state", RunRecord.RUNNING);
        record.put("exit", null);
        record.put("ended", null);
        record.remove("result");
        record.remove("seal");
        List<Object> all = new ArrayList<>(before.items("resumed"));
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("time", clock.instant().toString());
        entry.put("after", before.text("state"));
        entry.put("after_exit", before.find("exit").orElse(null));
        entry.putAll(resumed);
        all.add(entry);
        record.put("resumed", all);
        AtomicFiles.delete(directory.signature());
        write(false);
        AtomicFiles.delete(directory.model()); // the previous record has sealed it
    }

    /** Release the memory that is reserved for the case of a shortage. */
    public void releaseReserve() {
        reserve = null;
    }

    /** Return the party to blame for a failure. */
    public Blame blame(Throwable failure) {
        return judge.blame(failure);
    }

    /**
     * Record how the run ended. A failed attempt can be repeated.
     *
     * @param exit the exit code of its process
     */
    public void end(Hook.Ending ending, int exit, RunResult outcome) {
        synchronized (streams) { // no step is added to files that are being sealed
            if (ended) {
                return;
            }
            releaseReserve();
            streams.flush();
            record.put("state", ending.name().toLowerCase(Locale.ROOT));
            record.put("exit", exit);
            record.put("ended", clock.instant().toString());
            Map<String, Object> result = outcome.json();
            result.put("chain", streams.link());
            record.put("result", result);
            streams.force();
            RunSeal.force(directory);
            AtomicFiles.forceFolder(directory.checkpoints()); // a deleted file must not come back into a sealed run
            write(true);
            ended = true;
        }
    }

    /**
     * Record an ending that the training loop cannot record, from any thread. Without effect if one is recorded, or if the run has
     * not begun.
     *
     * @param exit the exit code of its process
     */
    public void endAtOnce(Hook.Ending ending, int exit, Blame blame) {
        synchronized (streams) {
            if (!ended && record.containsKey("state")) {
                releaseReserve();
                streams.flush();
                end(
                        ending,
                        exit,
                        new RunResult(
                                blame.reason(),
                                RecordedSteps.read(directory.steps()).size(),
                                OptionalInt.empty(),
                                Map.of(),
                                Map.of(),
                                List.of(),
                                Optional.of(blame)));
            }
        }
    }

    private void write(boolean complete) {
        AtomicFiles.write(directory.record(), RunSeal.sealed(directory, filter.filterAll("", record), complete));
    }
}
