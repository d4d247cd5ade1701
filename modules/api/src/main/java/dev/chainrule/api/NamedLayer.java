package dev.chainrule.api;

import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.Inline;
import dev.chainrule.api.value.OneOrMore;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A layer of a list of layers, with or without a name of its own.
 *
 * @param name of the layer, which its parameters begin with
 * @param from the names of the layers that it reads
 * @param learningRateFactor of all parameters within it: 0 or more
 * @param spec the layer
 */
@Doc("A layer of the network.")
public record NamedLayer(
        @Doc("Name of the layer and its parameters; by default kind and ordinal, such as dense_1.")
        Optional<String> name,

        @Doc(
                "Names of the layers above that this one reads; input is the input of the network, input.NAME a named part of "
                        + "it. By default the layer above.")
        Optional<OneOrMore<String>> from,

        @Doc(
                "Multiplies the learning rate of all parameters of this layer, and of those within it: 0 or more. 0 leaves "
                        + "them as they are. By default 1.")
        Optional<Double> learningRateFactor,

        @Doc("The layer.") @Inline LayerSpec spec) {
    /** A name of a layer. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

    /**
     * Check the name, and that something is read.
     *
     * @param name of the layer
     * @param from the names of the layers that it reads
     * @param learningRateFactor of all parameters within it: 0 or more
     * @param spec the layer
     */
    public NamedLayer {
        name.ifPresent(text -> requireName("name", text));
        from.ifPresent(names -> ParameterException.require(
                !names.values().isEmpty(), "from", "empty", "the name of a layer, or several"));
        learningRateFactor.ifPresent(factor -> ParameterException.require(
                factor >= 0 && Double.isFinite(factor), "learningRateFactor", factor, "a finite number, 0 or more"));
    }

    /**
     * Create a layer whose parameters learn at the learning rate.
     *
     * @param name of the layer
     * @param from the names of the layers that it reads
     * @param spec the layer
     */
    public NamedLayer(Optional<String> name, Optional<OneOrMore<String>> from, LayerSpec spec) {
        this(name, from, Optional.empty(), spec);
    }

    /**
     * Create a layer that reads the layer above.
     *
     * @param name of the layer
     * @param spec the layer
     */
    public NamedLayer(Optional<String> name, LayerSpec spec) {
        this(name, Optional.empty(), spec);
    }

    /**
     * Require a name that paths may contain.
     *
     * @param parameter that it is the value of
     * @param name as it is written
     * @throws ParameterException if it has other characters
     */
    public static void requireName(String parameter, String name) {
        ParameterException.require(
                NAME.matcher(name).matches(),
                parameter,
                "'" + name + "'",
                "at most 64 letters, digits, dashes and underscores, beginning with a letter");
    }
}
