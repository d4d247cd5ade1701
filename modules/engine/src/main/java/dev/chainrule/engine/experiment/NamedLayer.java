package dev.chainrule.engine.experiment;

import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.Inline;
import java.util.Optional;
import java.util.regex.Pattern;

/** A layer, with or without a given name. */
@Doc("A layer of the network.")
public record NamedLayer(
        @Doc("Name of the layer and its parameters; by default kind and ordinal, such as dense_1.")
        Optional<String> name,

        @Doc("The layer.") @Inline LayerSpec spec) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

    public NamedLayer {
        name.ifPresent(text -> ParameterException.require(
                NAME.matcher(text).matches(),
                "name",
                "'" + text + "'",
                "letters, digits, dashes and underscores, beginning with a letter"));
    }
}
