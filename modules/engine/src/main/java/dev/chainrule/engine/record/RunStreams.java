package dev.chainrule.engine.record;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.GradientReport;
import dev.chainrule.api.training.State;
import dev.chainrule.engine.check.report.ReportJson;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.Json;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.engine.files.Sha256;
import dev.chainrule.math.Matrix;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files that a run appends to while it trains: metrics.jsonl, steps.bin, chain.jsonl, timings.jsonl and those of hooks;
 * and gradient_check.json, which is rewritten with each check.
 *
 * <p>All but timings.jsonl contain nothing that depends on time or machine, so that they are the same in every repetition. A
 * link of the chain is the SHA-256 of the previous link followed by name and SHA-256 of every tensor at the end of an epoch,
 * so that the last link, stored in run.json, proves the whole history.
 */
public final class RunStreams {
    private static final String LINK = "link";
    private static final String GRADIENT_CHECKS = "gradient_checks";
    private static final int STEPS_HELD = 4096;

    private final RunDirectory directory;
    private final TextFilter filter;
    private final AppendOnlyFiles appendOnly;
    private final ByteBuffer steps =
            ByteBuffer.allocate(STEPS_HELD * RecordedSteps.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final List<Object> gradientChecks = new ArrayList<>();
    private String link = "";
    /** Written by the training thread alone. */
    private volatile long progress;

    /**
     * Create the streams of one run; no file is touched yet.
     *
     * @param filter of the texts that hooks write
     */
    @Inject
    public RunStreams(RunDirectory directory, TextFilter filter) {
        this.directory = directory;
        this.filter = filter;
        this.appendOnly = new AppendOnlyFiles(directory);
    }

    /** Return the last link of the chain; {@code ""} before the end of the first epoch. */
    public String link() {
        return link;
    }

    /** Return a counter that grows with each step and epoch. */
    public long progress() {
        return progress;
    }

    /** Record a step. */
    public synchronized void step(double loss, double gradientNorm) {
        progress++;
        steps.putDouble(loss).putDouble(gradientNorm);
        if (!steps.hasRemaining()) {
            flush();
        }
    }

    /**
     * Record the end of an epoch.
     *
     * @param tensors the network's, hashed into the chain
     */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    public void epoch(
            int epoch, long step, Map<String, Double> metrics, SortedMap<String, Matrix> tensors, long nanos) {
        progress++;
        flush();
        metrics(epoch, step, metrics);
        Map<String, Object> timing = new LinkedHashMap<>();
        timing.put("epoch", epoch);
        timing.put("seconds", Math.round(nanos / 1e6) / 1e3);
        AtomicFiles.append(directory.timings(), line(timing));
        SortedMap<String, String> hashes = new TreeMap<>();
        tensors.forEach((name, tensor) -> hashes.put(name, Sha256.of(tensor)));
        link = ChainLink.after(link, epoch, hashes).link();
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("epoch", epoch);
        entry.put("link", link);
        entry.put("tensors", hashes);
        appendOnly.append(directory.chain(), line(entry));
    }

    /** Record metrics measured after the last epoch. */
    public void metrics(int epoch, long step, Map<String, Double> metrics) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("epoch", epoch);
        line.put("step", step);
        line.putAll(metrics);
        appendOnly.append(directory.metrics(), line(line));
    }

    /** Record a line of a hook in that hook's file. */
    public void ofHook(String file, Map<String, ?> line) {
        appendOnly.append(appendOnly.ofHook(file), line(filter.filterAll(file, line)));
    }

    /** Record a check of the gradients, after those before it. */
    public void gradientCheck(GradientReport report, long step) {
        gradientChecks.add(ReportJson.of(report, step));
        writeGradientChecks();
    }

    private void writeGradientChecks() {
        AtomicFiles.write(directory.gradientCheck(), Json.pretty(gradientChecks));
    }

    /** Return lengths and hashes of the files, the last link and the gradient checks so far, for a checkpoint. */
    public State state() {
        flush();
        return appendOnly.state().put(LINK, link).put(GRADIENT_CHECKS, Json.line(gradientChecks));
    }

    /**
     * Require that the files begin with the content that they had when a checkpoint was taken.
     *
     * @throws InputException naming the first that does not
     */
    public void require(ResumePoint from) {
        appendOnly.require(from.checkpoint().section(Checkpoint.FILES), from.file());
    }

    /** Truncate everything that was recorded after a checkpoint. */
    public void truncateTo(Checkpoint from) {
        State files = from.section(Checkpoint.FILES);
        appendOnly.truncateTo(files, from.place().epochs());
        link = files.text(LINK);
        gradientChecks.addAll((List<?>) JsonReader.read(files.text(GRADIENT_CHECKS)));
        if (gradientChecks.isEmpty()) {
            AtomicFiles.delete(directory.gradientCheck());
        } else {
            writeGradientChecks();
        }
    }

    /** Truncate everything that an earlier attempt at the run recorded. */
    public void truncate() {
        appendOnly.truncate();
        AtomicFiles.delete(directory.gradientCheck());
    }

    /** Append the steps that are still in memory. */
    synchronized void flush() {
        if (steps.position() > 0) {
            appendOnly.append(directory.steps(), steps.flip());
            steps.clear();
        }
    }

    /** Force all files to disk, from any thread. */
    void force() {
        appendOnly.force();
    }

    private static ByteBuffer line(Map<?, ?> line) {
        return ByteBuffer.wrap((Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
