package dev.chainrule.engine.record;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.State;
import dev.chainrule.engine.data.EncodingJson;
import dev.chainrule.engine.files.Json;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.engine.files.Safetensors;
import dev.chainrule.engine.files.SafetensorsReader;
import dev.chainrule.math.Matrix;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * A checkpoint: everything that a run needs to resume from one of its steps.
 *
 * <p>In the file, the tensors of the model keep their names and those of a section are named {@code <section>/<name>}; the
 * texts of a section are a mapping in JSON under its name in the metadata.
 *
 * @param tensors the network's and the transforms'
 * @param encoding how the sources encode examples, before transforms
 * @param sections the state of everything else, by the names declared below
 */
public record Checkpoint(SortedMap<String, Matrix> tensors, Encoding encoding, SortedMap<String, State> sections) {
    /** The facts that must be unchanged for a run to be resumed: config, seed, data, plugins. */
    public static final String IDENTITY = "identity";
    /** The run's progress. */
    public static final String POSITION = "position";
    /** The metrics recorded so far. */
    public static final String HISTORY = "history";
    /** Length and SHA-256 of the run's files that are appended to, the last link of the chain, and the gradient checks. */
    public static final String FILES = "files";
    /** The optimizer's state. */
    public static final String OPTIMIZER = "optimizer";
    /** The averages of parameters, if the run keeps them. */
    public static final String AVERAGES = "averages";
    /** The prefix of averages in the chain of hashes: {@code averages/dense_1.weights}. */
    public static final String AVERAGED = AVERAGES + "/";
    /** The prefix of the number of a metric of the unfinished epoch: its sums so far. */
    public static final String METRIC = "metric.";
    /** The prefix of the number and kind of a hook: its state. */
    public static final String HOOK = "hook.";

    public static final String FORMAT = "chainrule-checkpoint-2";

    /** The place in a run at which a checkpoint was taken; the later one is the greater. */
    public record Place(long step, int epochs, long batch) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return step != other.step ? Long.compare(step, other.step) : Integer.compare(epochs, other.epochs);
        }

        /** Return {@code step 120, batch 20 of epoch 2}. */
        @Override
        public String toString() {
            return "step " + step
                    + (batch == 0 ? ", after epoch " + epochs : ", batch " + batch + " of epoch " + (epochs + 1));
        }
    }

    /** Return the place at which it was taken. */
    public Place place() {
        return place(section(POSITION));
    }

    /** Return a section's state; an empty one if it was not saved. */
    public State section(String name) {
        return sections.getOrDefault(name, new State());
    }

    /** Return a tensor by its name in the chain of hashes: {@code averages/dense_1.weights} is one of a section. */
    Optional<Matrix> hashed(String name) {
        return Optional.ofNullable(
                name.startsWith(AVERAGED)
                        ? section(AVERAGES).matrices().get(name.substring(AVERAGED.length()))
                        : tensors.get(name));
    }

    /** Return the names of the files in a run's directory that had begun to grow. */
    public SortedSet<String> grown(RunDirectory directory) {
        return new AppendOnlyFiles(directory).names(section(FILES));
    }

    /** Return the content of the file. */
    public Safetensors toSafetensors() {
        SortedMap<String, Matrix> all = new TreeMap<>(tensors);
        SortedMap<String, String> metadata = new TreeMap<>();
        metadata.put("format", FORMAT);
        metadata.put("encoding", EncodingJson.write(encoding));
        sections.forEach((section, state) -> {
            metadata.put(section, Json.line(state.texts()));
            state.matrices().forEach((name, matrix) -> all.put(section + "/" + name, matrix));
        });
        return new Safetensors(all, metadata);
    }

    /**
     * Read a file.
     *
     * @throws InputException if it is not a whole checkpoint of this program
     */
    public static Checkpoint read(Path file) {
        Safetensors read = Safetensors.readOwn(file);
        try {
            SortedMap<String, State> sections = new TreeMap<>();
            Encoding encoding = EncodingJson.read(sections(read.metadata(), sections));
            SortedMap<String, Matrix> tensors = new TreeMap<>();
            read.tensors().forEach((name, tensor) -> {
                int slash = name.indexOf('/');
                if (slash < 0) {
                    tensors.put(name, tensor);
                } else {
                    State state = sections.get(name.substring(0, slash));
                    if (state == null) {
                        throw new IllegalArgumentException("tensor '" + name + "' belongs to nothing");
                    }
                    state.put(name.substring(slash + 1), tensor);
                }
            });
            Checkpoint checkpoint = new Checkpoint(tensors, encoding, sections);
            checkpoint.place();
            return checkpoint;
        } catch (IllegalArgumentException e) {
            throw notOne(e.getMessage(), file);
        } catch (InputException e) {
            throw e.inFile(file.toString());
        }
    }

    /** Return the place at which a checkpoint was taken, from its metadata alone: nothing of it is proven. */
    static Place placeOf(Path file) {
        SortedMap<String, String> metadata =
                new TreeMap<>(SafetensorsReader.header(file).metadata());
        metadata.remove(Safetensors.CHECKSUM);
        SortedMap<String, State> sections = new TreeMap<>();
        try {
            sections(metadata, sections);
            return place(sections.getOrDefault(POSITION, new State()));
        } catch (IllegalArgumentException e) {
            throw notOne(e.getMessage(), file);
        } catch (InputException e) {
            throw e.inFile(file.toString());
        }
    }

    private static Place place(State position) {
        return new Place(position.whole("step"), (int) position.whole("epochs"), position.whole("batch"));
    }

    /** Store the sections in the map and return the encoding. */
    private static String sections(SortedMap<String, String> metadata, SortedMap<String, State> sections) {
        Map<String, String> rest = new LinkedHashMap<>(metadata);
        String format = rest.remove("format");
        String encoding = rest.remove("encoding");
        if (!FORMAT.equals(format) || encoding == null) {
            throw new IllegalArgumentException("format is '" + format + "', '" + FORMAT + "' is required");
        }
        rest.forEach((section, text) -> {
            if (!(JsonReader.read(text) instanceof Map<?, ?> texts)) {
                throw new IllegalArgumentException("section '" + section + "' is not a mapping");
            }
            State state = new State();
            texts.forEach((name, value) -> state.put((String) name, String.valueOf(value)));
            sections.put(section, state);
        });
        return encoding;
    }

    private static InputException notOne(String why, Path file) {
        return new InputException(
                        "not a checkpoint of this program: " + why,
                        "The file was not written by this program, or by another version of it.")
                .inFile(file.toString());
    }
}
