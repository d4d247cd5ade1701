package dev.chainrule.engine.model;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.InputException;
import dev.chainrule.engine.data.EncodingJson;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.files.Safetensors;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.network.Network;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A model: the network's tensors, the state of the fitted transforms, the fitted calibrations, and the encoding of examples.
 *
 * @param tensors the network's under their own names, the others as {@code transforms.0.mean} and {@code calibration.threshold}
 * @param encoding how the sources encode examples, before transforms
 */
public record ModelFile(SortedMap<String, Matrix> tensors, Encoding encoding) {
    private static final String FORMAT = "chainrule-model-1";

    /** Collect the parts of a model. */
    public static ModelFile of(Network network, Pipeline pipeline, Encoding encoding) {
        return new ModelFile(model(network, pipeline), encoding);
    }

    /** Write the file, whole or not at all. */
    public void write(Path file) {
        SortedMap<String, String> metadata = new TreeMap<>();
        metadata.put("format", FORMAT);
        metadata.put("encoding", EncodingJson.write(encoding));
        new Safetensors(tensors, metadata).write(file);
    }

    /**
     * Read a file.
     *
     * @throws InputException if it is not a whole model of this program
     */
    public static ModelFile read(Path file) {
        Safetensors read = Safetensors.readOwn(file);
        String format = read.metadata().get("format");
        String encoding = read.metadata().get("encoding");
        if (!FORMAT.equals(format) || encoding == null) {
            throw new InputException(
                            "format is '" + format + "', '" + FORMAT + "' is required",
                            "The file was not written by this program, or by another version of it.")
                    .inFile(file.toString());
        }
        try {
            return new ModelFile(read.tensors(), EncodingJson.read(encoding));
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage()).inFile(file.toString());
        }
    }

    /**
     * Restore a network, its transforms and its calibrations. Missing and unexpected tensors are both errors.
     *
     * @param file for messages
     * @throws InputException if the tensors are not those of the network
     */
    public void restore(Network network, Pipeline pipeline, Path file) {
        requireSame(model(network, pipeline), tensors, "the network", file);
        restore(tensors, network, pipeline);
        pipeline.restoreCalibrations(tensors);
    }

    private static SortedMap<String, Matrix> model(Network network, Pipeline pipeline) {
        SortedMap<String, Matrix> model = tensors(network, pipeline);
        model.putAll(pipeline.calibrations());
        return model;
    }

    /** Return the tensors that a run begins with: the network's, and the state of the fitted transforms. */
    public static SortedMap<String, Matrix> tensors(Network network, Pipeline pipeline) {
        SortedMap<String, Matrix> tensors = new TreeMap<>(network.tensors());
        tensors.putAll(pipeline.state());
        return tensors;
    }

    /** Copy tensors into a network and its transforms, by name; those that are not given keep their elements. */
    public static void restore(SortedMap<String, Matrix> given, Network network, Pipeline pipeline) {
        network.tensors().forEach((name, tensor) -> {
            if (given.containsKey(name)) {
                tensor.copyFrom(given.get(name));
            }
        });
        pipeline.restore(given);
    }

    /**
     * Require that tensors have the expected names and shapes.
     *
     * @throws InputException with all names that differ, or with a shape that does
     */
    public static void requireSame(
            SortedMap<String, Matrix> wanted, SortedMap<String, Matrix> given, String owner, Path file) {
        List<String> missing = wanted.keySet().stream()
                .filter(name -> !given.containsKey(name))
                .toList();
        List<String> unexpected = given.keySet().stream()
                .filter(name -> !wanted.containsKey(name))
                .toList();
        if (!missing.isEmpty() || !unexpected.isEmpty()) {
            throw new InputException("does not fit " + owner + ": missing " + missing + ", unexpected " + unexpected)
                    .inFile(file.toString());
        }
        wanted.forEach((name, tensor) -> {
            if (!given.get(name).shape().equals(tensor.shape())) {
                throw new InputException(
                                name + " is " + given.get(name).shape() + ", " + owner + " has " + tensor.shape())
                        .inFile(file.toString());
            }
        });
    }
}
