package dev.chainrule.engine;

import dev.chainrule.api.Hook;
import dev.chainrule.api.InputException;
import dev.chainrule.api.State;
import dev.chainrule.math.Matrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Write what a run does into its directory.
 *
 * <p>metrics.jsonl, steps.bin and chain.jsonl hold nothing that depends on time or machine, so that they are the same in every
 * repetition. They grow by a line an epoch; run.json is written at the beginning and the end, whole. A link of the chain is the
 * SHA-256 of the previous link followed by name and SHA-256 of every tensor at the end of an epoch, so that the last link, kept
 * in run.json, proves the whole history.
 */
public final class RunRecorder {
    private static final int STEP_BYTES = 2 * Double.BYTES;
    private static final int STEPS_HELD = 4096;

    private final RunDirectory directory;
    private final Clock clock;
    private final Map<String, Object> record = new LinkedHashMap<>();
    private final ByteBuffer steps =
            ByteBuffer.allocate(STEPS_HELD * STEP_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private String link = "";
    private boolean hasCheckpoints;

    /**
     * Create a recorder.
     *
     * @param clock tells the times in run.json and timings.jsonl; nothing on the training path sees it
     */
    public RunRecorder(RunDirectory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** Return the directory written to. */
    public RunDirectory directory() {
        return directory;
    }

    /**
     * Begin: write the config as given, the resolved one, and the first run.json.
     *
     * @param facts what is run, on what data, with which program: becomes the beginning of run.json
     */
    public void start(String config, String resolved, Map<String, Object> facts) {
        AtomicFiles.write(directory.config(), config);
        AtomicFiles.write(directory.resolved(), resolved);
        record.put("format", 1);
        record.put("state", "running");
        record.put("started", clock.instant().toString());
        record.put("ended", null);
        record.putAll(facts);
        writeRecord();
    }

    /** Record a step. */
    void step(double loss, double gradientNorm) {
        steps.putDouble(loss).putDouble(gradientNorm);
        if (!steps.hasRemaining()) {
            flushSteps();
        }
    }

    /**
     * Record the end of an epoch.
     *
     * @param tensors the network's, hashed into the chain
     */
    void epoch(int epoch, long step, Map<String, Double> metrics, SortedMap<String, Matrix> tensors, long nanos) {
        flushSteps();
        metrics(epoch, step, metrics);
        Map<String, Object> timing = new LinkedHashMap<>();
        timing.put("epoch", epoch);
        timing.put("seconds", Math.round(nanos / 1e6) / 1e3);
        append(directory.timings(), timing);
        Map<String, Object> hashes = new LinkedHashMap<>();
        StringBuilder linked = new StringBuilder(link);
        tensors.forEach((name, tensor) -> {
            String hash = Sha256.of(tensor);
            hashes.put(name, hash);
            linked.append('\n').append(name).append(' ').append(hash);
        });
        link = Sha256.of(linked.toString());
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("epoch", epoch);
        entry.put("link", link);
        entry.put("tensors", hashes);
        append(directory.chain(), entry);
    }

    /** Record metrics measured after the last epoch. */
    void metrics(int epoch, long step, Map<String, Double> metrics) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("epoch", epoch);
        line.put("step", step);
        line.putAll(metrics);
        append(directory.metrics(), line);
    }

    /** Record how the run ended. */
    void end(Hook.Ending ending, String reason, long step, Map<String, Double> metrics, List<String> misses) {
        flushSteps();
        record.put("state", ending.name().toLowerCase(Locale.ROOT));
        record.put("ended", clock.instant().toString());
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("reason", reason);
        result.put("steps", step);
        result.put("metrics", new LinkedHashMap<>(metrics));
        result.put("missed", misses);
        result.put("chain", link);
        record.put("result", result);
        force();
        writeRecord();
    }

    /**
     * Go on with a run: what its record says stays, and what happened is added to {@code resumed}.
     *
     * @param before the record so far
     * @param resumed from where, and what was changed
     */
    public void goOn(Map<String, Object> before, Map<String, Object> resumed) {
        record.putAll(before);
        record.put("state", "running");
        record.put("ended", null);
        record.remove("result");
        List<Object> all = new ArrayList<>();
        if (record.get("resumed") instanceof List<?> earlier) {
            all.addAll(earlier);
        }
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("time", clock.instant().toString());
        entry.putAll(resumed);
        all.add(entry);
        record.put("resumed", all);
        AtomicFiles.delete(directory.model());
        writeRecord();
    }

    /** Return how long the files are that grow, for a checkpoint: what is longer later is cut off when the run is gone on with. */
    State lengths() {
        flushSteps();
        State lengths = new State().put("link", link);
        growing().forEach((name, file) -> lengths.put(name, AtomicFiles.size(file)));
        return lengths;
    }

    /**
     * Require that the files that grow hold what they held when a checkpoint was taken.
     *
     * @throws InputException naming the one that does not
     */
    void requireLengths(Checkpoint from, Path checkpoint) {
        growing().forEach((name, file) -> {
            long length = from.section(Checkpoint.FILES).whole(name);
            long found = AtomicFiles.size(file);
            if (found < length) {
                throw new InputException(
                        file + " has " + found + " bytes, the checkpoint was taken when it had " + length,
                        "The file was cut or belongs to another run. An earlier checkpoint may fit: name it.",
                        "The checkpoint is " + checkpoint + ".");
            }
        });
    }

    /** Cut off what came after a checkpoint. */
    void cutTo(Checkpoint from) {
        State lengths = from.section(Checkpoint.FILES);
        growing().forEach((name, file) -> AtomicFiles.cut(file, lengths.whole(name)));
        link = lengths.text("link");
    }

    /** Cut off everything: the run begins anew. */
    public void cut() {
        growing().values().forEach(file -> AtomicFiles.cut(file, 0));
    }

    /** Force the files that grow to disk. Called by the thread that writes checkpoints, too. */
    void force() {
        AtomicFiles.force(growing().values().toArray(Path[]::new));
    }

    /** Return the file of a checkpoint, in a folder that is created for the first one and for no later one. */
    Path checkpoint(String name) {
        if (!hasCheckpoints) {
            try {
                Files.createDirectories(directory.checkpoints());
            } catch (IOException e) {
                throw AtomicFiles.failure(directory.checkpoints(), e);
            }
            hasCheckpoints = true;
        }
        return directory.checkpoint(name);
    }

    private SortedMap<String, Path> growing() {
        SortedMap<String, Path> files = new TreeMap<>();
        for (Path file : List.of(directory.metrics(), directory.timings(), directory.steps(), directory.chain())) {
            files.put(file.getFileName().toString(), file);
        }
        return files;
    }

    private void flushSteps() {
        if (steps.position() > 0) {
            AtomicFiles.append(directory.steps(), steps.flip());
            steps.clear();
        }
    }

    private void writeRecord() {
        AtomicFiles.write(directory.record(), Json.pretty(record));
    }

    private static void append(Path file, Map<String, Object> line) {
        AtomicFiles.append(file, ByteBuffer.wrap((Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8)));
    }
}
