package dev.chainrule.engine.experiment;

import dev.chainrule.api.Doc;
import dev.chainrule.api.error.ParameterException;
import java.util.List;
import java.util.Optional;

/** The trained parameters that a run starts from. */
@Doc("The trained parameters that the run starts from.")
public record Start(
        @Doc("The directory or the name of a run, latest, or a file: a model, a checkpoint, or safetensors of another "
                + "program. A relative path starts at the config's folder.")
        String from,

        @Doc("The layers whose parameters are taken; all others are initialised. By default all, which must match.")
        Optional<List<String>> layers) {
    public Start {
        ParameterException.require(!from.isBlank(), "from", "empty", "a run or a file");
        layers.ifPresent(names ->
                ParameterException.require(!names.isEmpty(), "layers", "empty", "the name of a layer, or several"));
    }
}
