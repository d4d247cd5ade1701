package dev.chainrule.engine.model;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.NameLists;
import dev.chainrule.engine.data.EncodingJson;
import dev.chainrule.engine.data.OutputCalibration;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.Safetensors;
import dev.chainrule.engine.files.SafetensorsHeader;
import dev.chainrule.engine.files.SafetensorsReader;
import dev.chainrule.engine.files.Sha256;
import dev.chainrule.engine.record.Checkpoint;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import dev.chainrule.math.Precision;
import dev.chainrule.model.network.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The warm start of a new run: initial tensors that another run or another program has learned.
 *
 * @param file that it was read from
 * @param sha256 of that file
 * @param sources the names of the taken tensors in the file, by those in the network
 * @param fresh tensors of the network and the transforms that begin with their own initial values
 * @param skipped tensors of the file that were left out; of a checkpoint, only a model's tensors count
 * @param tensors the taken tensors, by the network's names, in its precision
 * @param rounded whether the file has more precise numbers than the network
 * @param encoding how examples were encoded there, if the file contains it
 */
public record WarmStart(
        Path file,
        String sha256,
        SortedMap<String, String> sources,
        List<String> fresh,
        List<String> skipped,
        SortedMap<String, Matrix> tensors,
        boolean rounded,
        Optional<Encoding> encoding) {
    /** The prefix of this program's formats: a file with such a format has a checksum. */
    private static final String OURS = "chainrule-";

    private static final String FORMAT = "chainrule-start-1";

    /**
     * Read a file: a model, a checkpoint, or a file of another program. Nothing is changed yet.
     *
     * @throws InputException if it cannot be read or does not fit, with all errors
     */
    public static WarmStart read(Path file, TensorMapping mapping, Network network, Pipeline pipeline) {
        Matched matched = match(file, mapping, network, pipeline);
        try {
            SortedMap<String, Matrix> read = SafetensorsReader.read(
                            file,
                            matched.format().startsWith(OURS),
                            matched.sources().values()::contains)
                    .tensors();
            SortedMap<String, Matrix> tensors = new TreeMap<>();
            boolean rounded = false;
            for (var source : matched.sources().entrySet()) {
                Matrix from = read.get(source.getValue());
                Matrix to = matched.wanted().get(source.getKey()).copy();
                to.copyFrom(from);
                requireFinite(source.getValue(), from, to, mapping);
                rounded |= from.precision() == Precision.FLOAT64 && to.precision() == Precision.FLOAT32;
                tensors.put(source.getKey(), to);
            }
            return new WarmStart(
                    file,
                    Sha256.of(file),
                    matched.sources(),
                    matched.wanted().keySet().stream()
                            .filter(name -> !tensors.containsKey(name))
                            .toList(),
                    matched.places().keySet().stream()
                            .filter(name -> !matched.sources().containsValue(name))
                            .toList(),
                    tensors,
                    rounded,
                    encoding(matched.header()));
        } catch (InputException e) {
            throw e.inFile(file.toString());
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e)).inFile(file.toString());
        }
    }

    /**
     * Check that the tensors of a file fit, by its header alone.
     *
     * @throws InputException if they do not, with all errors
     */
    public static void check(Path file, TensorMapping mapping, Network network, Pipeline pipeline) {
        match(file, mapping, network, pipeline);
    }

    /**
     * A file's header, and the tensors that fit.
     *
     * @param places the tensors of the file by name
     * @param wanted the tensors of the network and the transforms by name
     * @param sources the names in the file by those that are wanted
     */
    private record Matched(
            SafetensorsHeader header,
            SortedMap<String, SafetensorsHeader.Place> places,
            SortedMap<String, Matrix> wanted,
            SortedMap<String, String> sources) {
        String format() {
            return header.metadata().getOrDefault("format", "");
        }
    }

    private static Matched match(Path file, TensorMapping mapping, Network network, Pipeline pipeline) {
        SafetensorsHeader header = SafetensorsReader.header(file);
        SortedMap<String, SafetensorsHeader.Place> places = new TreeMap<>();
        header.places().forEach(place -> places.put(place.name(), place));
        if (header.metadata().getOrDefault("format", "").equals(Checkpoint.FORMAT)) {
            places.keySet().removeIf(name -> name.indexOf('/') >= 0);
        }
        places.keySet().removeIf(name -> name.startsWith(OutputCalibration.PREFIX)); // a run fits its own at its end
        SortedMap<String, Matrix> wanted = ModelFile.tensors(network, pipeline);
        List<String> wrong = new ArrayList<>();
        SortedMap<String, String> sources = mapping.match(places.keySet(), wanted.keySet(), wrong);
        checkShapes(sources, places, wanted, mapping, wrong);
        if (!wrong.isEmpty()) {
            throw new InputException("does not fit the network", wrong.toArray(String[]::new)).inFile(file.toString());
        }
        return new Matched(header, places, wanted, sources);
    }

    /** Write the taken tensors into the network and the transforms. */
    public void apply(Network network, Pipeline pipeline) {
        ModelFile.restore(tensors, network, pipeline);
    }

    /** Write the taken tensors, whole or not at all; {@link #read} restores them from there when the original file is gone. */
    public void write(Path copy) {
        copy().write(copy);
    }

    /** Return the SHA-256 of the file that {@link #write} writes: the same whichever file the tensors were taken from. */
    public String copySha256() {
        return copy().sha256();
    }

    /**
     * Return the warnings for tensors that fit by shape and may differ in meaning, because examples are encoded differently
     * from those that the parameters were learned from. Nothing is known of files of other programs.
     *
     * @param now how examples are encoded, before transforms
     */
    public List<String> warnings(Encoding now, Network network) {
        List<String> warnings = new ArrayList<>();
        if (encoding.isEmpty()) {
            return warnings;
        }
        Encoding then = encoding.get();
        if (!then.columns().equals(now.columns())
                && !then.columns().isEmpty()
                && !now.columns().isEmpty()) {
            warnings.add("the parameters were learned from the columns " + columns(then) + ", but here they are "
                    + columns(now));
        }
        if (!then.inputs().equals(now.inputs())
                && !then.inputs().isEmpty()
                && !now.inputs().isEmpty()) {
            warnings.add("the parameters were learned from the inputs " + inputs(then) + ", but here they are "
                    + inputs(now));
        }
        List<String> outputs =
                network.parameters().stream().map(Parameter::name).toList();
        String last = outputs.isEmpty() ? "" : outputs.get(outputs.size() - 1);
        if (tensors.containsKey(last) && !targets(then, Target::names).equals(targets(now, Target::names))) {
            warnings.add("the parameters were learned for "
                    + String.join("; ", targets(then, Target::listed)) + ", but here the target is "
                    + String.join("; ", targets(now, Target::listed)));
        }
        return warnings;
    }

    private static <T> List<T> targets(Encoding encoding, Function<Target, T> fact) {
        return encoding.targets().values().stream().map(fact).toList();
    }

    private static String inputs(Encoding encoding) {
        return encoding.inputs().stream().map(Encoding.Input::toString).collect(Collectors.joining(", "));
    }

    private static String columns(Encoding encoding) {
        return encoding.columns().stream()
                .map(column -> column.name()
                        + (column.categories().isEmpty() ? "" : " (" + NameLists.shown(column.categories()) + ")"))
                .collect(Collectors.joining(", "));
    }

    private Safetensors copy() {
        SortedMap<String, String> metadata = new TreeMap<>();
        metadata.put("format", FORMAT);
        return new Safetensors(tensors, metadata);
    }

    /** Report the actual and the required shape of all tensors that do not fit. */
    private static void checkShapes(
            SortedMap<String, String> sources,
            SortedMap<String, SafetensorsHeader.Place> places,
            SortedMap<String, Matrix> wanted,
            TensorMapping mapping,
            List<String> wrong) {
        boolean turned = false;
        int before = wrong.size();
        for (var source : sources.entrySet()) {
            SafetensorsHeader.Place place = places.get(source.getValue());
            Matrix matrix = wanted.get(source.getKey());
            List<Long> theirs = place.shape();
            List<Long> ours = List.of((long) matrix.rows(), (long) matrix.columns());
            if (!theirs.equals(ours) && !(matrix.rows() == 1 && theirs.equals(ours.subList(1, 2)))) {
                wrong.add(place.name() + " is " + theirs + " in the file, but "
                        + (source.getKey().equals(place.name()) ? "" : source.getKey() + " is ") + ours
                        + " in the network.");
                turned |= theirs.size() == 2 && theirs.equals(List.of(ours.get(1), ours.get(0)));
            } else if (place.precision().isEmpty()) {
                wrong.add(place.name() + " is of type " + place.dtype() + " in the file; " + SafetensorsHeader.TYPES
                        + " are supported.");
            }
        }
        if (turned) {
            wrong.add("Weights are [inputs, outputs] here. If the file has [outputs, inputs], transpose them.");
        }
        if (wrong.size() > before) {
            String remedy = mapping.remedy();
            wrong.add(remedy.substring(0, 1).toUpperCase(Locale.ROOT) + remedy.substring(1) + ".");
        }
    }

    private static void requireFinite(String name, Matrix from, Matrix to, TensorMapping mapping) {
        for (int i = 0; i < to.rows(); i++) {
            for (int j = 0; j < to.columns(); j++) {
                if (!Double.isFinite(to.get(i, j))) {
                    double value = from.get(i, j);
                    throw new InputException(
                            name + "[" + i + ", " + j + "] is "
                                    + (Double.isFinite(value)
                                            ? Numbers.format(value) + ", too large for " + to.precision()
                                            : (Double.isNaN(value) ? "NaN" : "infinite")),
                            "Training cannot continue from it: use another file, or " + mapping.remedy() + ".");
                }
            }
        }
    }

    private static Optional<Encoding> encoding(SafetensorsHeader header) {
        try {
            return Optional.ofNullable(header.metadata().get("encoding"))
                    .filter(text -> header.metadata().getOrDefault("format", "").startsWith(OURS))
                    .map(EncodingJson::read);
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage(), "The file is damaged.");
        }
    }
}
