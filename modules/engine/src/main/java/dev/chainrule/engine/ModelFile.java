package dev.chainrule.engine;

import dev.chainrule.api.Encoding;
import dev.chainrule.api.InputException;
import dev.chainrule.api.Shape;
import dev.chainrule.api.Target;
import dev.chainrule.math.Matrix;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Keep a model: the network's tensors, what the transforms learned, and how examples are encoded.
 *
 * @param tensors the network's under their own names, the transforms' as {@code transforms.0.mean}, in a checkpoint the
 *     optimizer's under {@code optimizer.}
 * @param encoding how the sources encode examples, before transforms
 * @param position text by key: epoch and step of a checkpoint
 */
public record ModelFile(SortedMap<String, Matrix> tensors, Encoding encoding, SortedMap<String, String> position) {
    private static final String FORMAT = "chainrule-model-1";

    /** Collect what makes a model. */
    public static ModelFile of(
            Network network,
            Pipeline pipeline,
            Encoding encoding,
            SortedMap<String, Matrix> optimizer,
            SortedMap<String, String> position) {
        SortedMap<String, Matrix> tensors = new TreeMap<>(network.tensors());
        tensors.putAll(pipeline.state());
        optimizer.forEach((name, tensor) -> tensors.put("optimizer." + name, tensor));
        return new ModelFile(tensors, encoding, position);
    }

    /** Write the file, whole or not at all. */
    public void write(Path file) {
        SortedMap<String, String> metadata = new TreeMap<>(position);
        metadata.put("format", FORMAT);
        metadata.put("encoding", Json.line(toJson(encoding)));
        new Safetensors(tensors, metadata).write(file);
    }

    /**
     * Read a file.
     *
     * @throws InputException if it is not a whole model of this program
     */
    public static ModelFile read(Path file) {
        Safetensors read = Safetensors.read(file);
        SortedMap<String, String> position = new TreeMap<>(read.metadata());
        String format = position.remove("format");
        String encoding = position.remove("encoding");
        if (!FORMAT.equals(format) || encoding == null) {
            throw new InputException(
                            "format is '" + format + "', '" + FORMAT + "' is needed",
                            "The file was not written by this program, or by another version of it.")
                    .inFile(file.toString());
        }
        try {
            return new ModelFile(read.tensors(), fromJson(JsonReader.read(encoding)), position);
        } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
            throw new InputException("the description of its examples is damaged").inFile(file.toString());
        }
    }

    /**
     * Restore a network and its transforms. Missing and unexpected tensors are both errors.
     *
     * @param file for messages
     * @throws InputException if the tensors are not those of the network
     */
    public void restore(Network network, Pipeline pipeline, Path file) {
        SortedMap<String, Matrix> wanted = new TreeMap<>(network.tensors());
        wanted.putAll(pipeline.state());
        SortedMap<String, Matrix> given = new TreeMap<>(tensors);
        given.keySet().removeIf(name -> name.startsWith("optimizer."));
        List<String> missing = wanted.keySet().stream()
                .filter(name -> !given.containsKey(name))
                .toList();
        List<String> unexpected = given.keySet().stream()
                .filter(name -> !wanted.containsKey(name))
                .toList();
        if (!missing.isEmpty() || !unexpected.isEmpty()) {
            throw new InputException("does not fit the network: missing " + missing + ", unexpected " + unexpected)
                    .inFile(file.toString());
        }
        wanted.forEach((name, tensor) -> {
            Matrix saved = given.get(name);
            if (saved.rows() != tensor.rows() || saved.columns() != tensor.columns()) {
                throw new InputException(name + " is " + saved.shape() + ", the network has " + tensor.shape())
                        .inFile(file.toString());
            }
            tensor.copyFrom(saved);
        });
    }

    private static Map<String, Object> toJson(Encoding encoding) {
        Map<String, Object> target = new LinkedHashMap<>();
        target.put("form", encoding.target().form().name().toLowerCase(Locale.ROOT));
        target.put("names", encoding.target().names());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("shape", encoding.shape().dimensions());
        json.put(
                "columns",
                encoding.columns().stream()
                        .map(column -> {
                            Map<String, Object> described = new LinkedHashMap<>();
                            described.put("name", column.name());
                            described.put("categories", column.categories());
                            return described;
                        })
                        .toList());
        json.put("target", target);
        return json;
    }

    private static Encoding fromJson(Object json) {
        Map<?, ?> map = (Map<?, ?>) json;
        Map<?, ?> target = (Map<?, ?>) map.get("target");
        Shape shape = new Shape(((List<?>) map.get("shape"))
                .stream().map(d -> Math.toIntExact((Long) d)).toList());
        List<Encoding.Column> columns = ((List<?>) map.get("columns"))
                .stream()
                        .map(c -> (Map<?, ?>) c)
                        .map(c -> new Encoding.Column((String) c.get("name"), texts(c.get("categories"))))
                        .toList();
        Target.Form form = Target.Form.valueOf(((String) target.get("form")).toUpperCase(Locale.ROOT));
        return new Encoding(shape, columns, new Target(form, texts(target.get("names"))));
    }

    private static List<String> texts(Object list) {
        return ((List<?>) list).stream().map(String.class::cast).toList();
    }
}
