package dev.chainrule.engine.record;

import dev.chainrule.api.GradientReport;
import dev.chainrule.api.Hook;
import dev.chainrule.api.RunException;
import dev.chainrule.api.State;
import dev.chainrule.engine.check.ReportJson;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.Json;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.engine.files.Sha256;
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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Write what a run does into its directory.
 *
 * <p>metrics.jsonl, steps.bin and chain.jsonl hold nothing that depends on time or machine, so that they are the same in every
 * repetition. They grow by a line an epoch; run.json is written at the beginning and the end, whole. A link of the chain is the
 * SHA-256 of the previous link followed by name and SHA-256 of every tensor at the end of an epoch, so that the last link, kept
 * in run.json, proves the whole history. Every run.json is sealed ({@link RunSeal}).
 */
public final class RunRecorder {
    private static final String GRADIENT_CHECKS = "gradient_checks";
    private static final int STEPS_HELD = 4096;
    /** Enough to write a record and say why, when something has used up all memory. */
    private static final int RESERVE = 1 << 22;

    private static final Pattern HASHES = Pattern.compile(".*sha256|hash|chain");

    private final RunDirectory directory;
    private final Clock clock;
    private final BinaryOperator<String> shown;
    private final Map<String, Object> record = new LinkedHashMap<>();
    private final ByteBuffer steps =
            ByteBuffer.allocate(STEPS_HELD * RecordedSteps.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final List<Object> gradientChecks = new ArrayList<>();
    private String link = "";
    private final GrowingFiles growing;
    private final Function<Throwable, Blame> blaming;
    private byte[] reserve = new byte[RESERVE];
    private boolean hasCheckpoints;
    private boolean ended;
    private volatile long progress;

    /**
     * Create a recorder.
     *
     * @param clock tells the times in run.json and timings.jsonl; nothing on the training path sees it
     */
    public RunRecorder(RunDirectory directory, Clock clock) {
        this(directory, clock, (path, text) -> text, Blame::of);
    }

    /**
     * Create a recorder that keeps some texts out of the record.
     *
     * @param clock tells the times in run.json and timings.jsonl; nothing on the training path sees it
     * @param shown returns the text at a path such as {@code config.file} as run.json may contain it, without secrets
     * @param blaming tells whose fault a failure is
     */
    public RunRecorder(
            RunDirectory directory, Clock clock, BinaryOperator<String> shown, Function<Throwable, Blame> blaming) {
        this.blaming = blaming;
        this.directory = directory;
        this.growing = new GrowingFiles(directory);
        this.clock = clock;
        this.shown = shown;
    }

    /** Return the directory written to. */
    public RunDirectory directory() {
        return directory;
    }

    /**
     * Begin: write the config as given with its bases, the resolved one, and the first run.json.
     *
     * @param bases what the configs held that it extends, by the names of their copies
     * @param facts what is run, on what data, with which program: becomes the beginning of run.json
     */
    public void start(String config, String resolved, Map<String, byte[]> bases, Map<String, Object> facts) {
        AtomicFiles.write(directory.config(), config);
        if (!bases.isEmpty()) {
            createFolder(directory.bases());
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
        writeRecord(false);
    }

    /** Return the last link of the chain; {@code ""} before the end of the first epoch. */
    public String link() {
        return link;
    }

    /** Record a check of the gradients, beside those before it. */
    public void gradientCheck(GradientReport report, long step) {
        gradientChecks.add(ReportJson.of(report, step));
        writeGradientChecks();
    }

    private void writeGradientChecks() {
        AtomicFiles.write(directory.gradientCheck(), Json.pretty(gradientChecks));
    }

    /** Record what a hook has to say, in a file of its own. */
    public void ofHook(String file, Map<String, ?> line) {
        growing.append(growing.ofHook(file), line((Map<?, ?>) shown(file, line)));
    }

    /** Record a step. */
    public synchronized void step(double loss, double gradientNorm) {
        progress++;
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
    public void epoch(
            int epoch, long step, Map<String, Double> metrics, SortedMap<String, Matrix> tensors, long nanos) {
        progress++;
        flushSteps();
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
        growing.append(directory.chain(), line(entry));
    }

    /** Record metrics measured after the last epoch. */
    public void metrics(int epoch, long step, Map<String, Double> metrics) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("epoch", epoch);
        line.put("step", step);
        line.putAll(metrics);
        growing.append(directory.metrics(), line(line));
    }

    /** Give back the memory that is kept for the time when there is no other. */
    public void releaseReserve() {
        reserve = null;
    }

    /**
     * Record how the run ended. If that fails, it can be tried again.
     *
     * @param exit the exit code of its process
     */
    public synchronized void end(Hook.Ending ending, int exit, RunResult outcome) {
        if (ended) {
            return;
        }
        releaseReserve();
        flushSteps();
        record.put("state", ending.name().toLowerCase(Locale.ROOT));
        record.put("exit", exit);
        record.put("ended", clock.instant().toString());
        Map<String, Object> result = outcome.json();
        result.put("chain", link);
        record.put("result", result);
        growing.force();
        RunSeal.force(directory);
        AtomicFiles.forceFolder(directory.checkpoints()); // what is deleted must not come back into what is sealed
        writeRecord(true);
        ended = true;
    }

    /**
     * Record an ending that the training loop cannot record, from any thread. Without effect if one is recorded.
     *
     * @param exit the exit code of its process
     */
    public synchronized void endAtOnce(Hook.Ending ending, int exit, Blame blame) {
        if (!ended && record.containsKey("state")) {
            releaseReserve();
            flushSteps();
            int done = RecordedSteps.read(directory.steps()).size();
            end(
                    ending,
                    exit,
                    new RunResult(
                            blame.reason(),
                            done,
                            OptionalInt.empty(),
                            Map.of(),
                            Map.of(),
                            List.of(),
                            Optional.of(blame)));
        }
    }

    /** Return whose fault a failure is. */
    public Blame blame(Throwable failure) {
        return blaming.apply(failure);
    }

    /** Return a number that grows with each step and epoch. */
    public long progress() {
        return progress;
    }

    /**
     * Go on with a run: what its record says stays, and what happened is added to {@code resumed}. What was recorded after the
     * place it goes on from, if there is one, is cut off when it does.
     *
     * @param before the record so far
     * @param resumed from where, and what was changed
     * @param changed what the record says otherwise now
     */
    public void goOn(RunRecord before, Map<String, Object> resumed, Map<String, Object> changed) {
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
        writeRecord(false);
        AtomicFiles.delete(directory.model()); // the record before has sealed it
    }

    /** Return the state of the files that grow, the last link and the gradient checks so far, for a checkpoint. */
    public State files() {
        flushSteps();
        return growing.state().put("link", link).put(GRADIENT_CHECKS, Json.line(gradientChecks));
    }

    /** Return the files that grow. */
    public GrowingFiles growing() {
        return growing;
    }

    /** Truncate what was recorded after a checkpoint. */
    public void cutTo(Checkpoint from) {
        State files = from.section(Checkpoint.FILES);
        growing.cutTo(files, from.place().epochs());
        link = files.text("link");
        gradientChecks.addAll((List<?>) JsonReader.read(files.text(GRADIENT_CHECKS)));
        if (gradientChecks.isEmpty()) {
            AtomicFiles.delete(directory.gradientCheck());
        } else {
            writeGradientChecks();
        }
    }

    /** Truncate everything that an earlier attempt at the run recorded. */
    public void cut() {
        growing.cut();
        AtomicFiles.delete(directory.gradientCheck());
    }

    /** Return the file of a checkpoint, in a folder that is created for the first one and for no later one. */
    Path checkpoint(String name) {
        if (!hasCheckpoints) {
            createFolder(directory.checkpoints());
            hasCheckpoints = true;
        }
        return directory.checkpoint(name);
    }

    /** Not with those above it: where the run's directory was removed, a part of it must not come back. */
    private static void createFolder(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder);
                AtomicFiles.forceFolder(folder.toAbsolutePath().getParent());
            }
        } catch (IOException e) {
            throw new RunException("cannot create " + folder + ": " + AtomicFiles.reason(e) + ".", e);
        }
    }

    private synchronized void flushSteps() {
        if (steps.position() > 0) {
            growing.append(directory.steps(), steps.flip());
            steps.clear();
        }
    }

    private void writeRecord(boolean ended) {
        Map<String, Object> safe = new LinkedHashMap<>();
        record.forEach((name, value) -> safe.put(name, shown(name, value)));
        AtomicFiles.write(directory.record(), RunSeal.sealed(directory, safe, ended));
    }

    /** Names of files, warnings and reasons may repeat what a config says; hashes hold its letters by chance alone. */
    private Object shown(String path, Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> safe = new LinkedHashMap<>();
            map.forEach((name, inner) -> {
                String below = path.isEmpty() ? (String) name : path + "." + name;
                safe.put((String) name, HASHES.matcher((String) name).matches() ? inner : shown(below, inner));
            });
            return safe;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(item -> shown(path, item)).toList();
        }
        return value instanceof String text ? shown.apply(path, text) : value;
    }

    private static ByteBuffer line(Map<?, ?> line) {
        return ByteBuffer.wrap((Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
