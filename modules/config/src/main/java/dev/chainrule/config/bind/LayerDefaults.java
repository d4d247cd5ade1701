package dev.chainrule.config.bind;

import dev.chainrule.api.Kind;
import dev.chainrule.config.compose.Composition;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.registry.RecordParameter;
import dev.chainrule.config.registry.RegisteredComponent;
import dev.chainrule.config.registry.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The values that {@code defaults} gives to parameters of layers, by kind. A layer that lacks a key gets the entry as if it were
 * written there, with the mark of its real place. So a bound config no longer needs {@code defaults}.
 *
 * @param entries by the name of the kind
 */
record LayerDefaults(Map<String, List<ConfigNode.Entry>> entries) {
    static final LayerDefaults NONE = new LayerDefaults(Map.of());

    /** Return the parameters of a component, with the defaults that they lack. */
    ConfigNode.Mapping fill(RegisteredComponent component, ConfigNode.Mapping parameters) {
        List<ConfigNode.Entry> own =
                component.kind() == Kind.LAYER ? entries.getOrDefault(component.name(), List.of()) : List.of();
        if (own.isEmpty()) {
            return parameters;
        }
        List<ConfigNode.Entry> filled = new ArrayList<>(parameters.entries());
        own.stream().filter(entry -> parameters.find(entry.key()).isEmpty()).forEach(filled::add);
        return new ConfigNode.Mapping(filled, parameters.mark());
    }

    /**
     * Read the defaults of a config.
     *
     * @param binding receives the problems, and binds the values to check them
     * @return those that are valid
     */
    static LayerDefaults read(ConfigNode.Entry defaults, Binding binding) {
        Place place = new Place(Composition.DEFAULTS, defaults.mark());
        if (!(defaults.value() instanceof ConfigNode.Mapping kinds)) {
            binding.report(
                    place,
                    defaults.value().described() + " where a mapping of kinds of layers to values is required",
                    "Write defaults: { dense: { activation: relu } }.");
            return NONE;
        }
        Map<String, List<ConfigNode.Entry>> read = new LinkedHashMap<>();
        for (ConfigNode.Entry kind : kinds.entries()) {
            Place at = place.key(kind.key(), kind.keyMark());
            new ComponentBinder(binding)
                    .find(Kind.LAYER, kind.key(), at)
                    .ifPresent(component -> read.put(kind.key(), values(component, kind, at, binding)));
        }
        return new LayerDefaults(read);
    }

    private static List<ConfigNode.Entry> values(
            RegisteredComponent component, ConfigNode.Entry kind, Place place, Binding binding) {
        if (!(kind.value() instanceof ConfigNode.Mapping given)) {
            binding.report(
                    place.at(kind.mark()),
                    kind.value().described() + " where parameters of " + component.name() + " are required",
                    "Write keys and values, such as " + component.name() + ": { … }.");
            return List.of();
        }
        List<String> optional = component.type().parameters().stream()
                .filter(parameter -> !parameter.required())
                .map(RecordParameter::key)
                .toList();
        List<ConfigNode.Entry> required = given.entries().stream()
                .filter(entry -> component.type().find(entry.key()).isPresent() && !optional.contains(entry.key()))
                .toList();
        required.forEach(entry -> binding.report(
                place.key(entry.key(), entry.keyMark()),
                "each " + component.name() + " requires " + entry.key() + ", so it has no default",
                "Keys of " + component.name() + " that may be absent: " + String.join(", ", optional) + "."));
        ConfigNode.Mapping rest = given.without(
                required.stream().map(ConfigNode.Entry::key).collect(Collectors.toCollection(LinkedHashSet::new)));
        new UnknownKeys(binding).report(rest, optional, component.type(), Optional.of(component), place);
        return rest.entries().stream()
                .filter(entry -> optional.contains(entry.key()))
                .filter(entry -> isValid(component.type().find(entry.key()).orElseThrow(), entry, place, binding))
                .toList();
    }

    private static boolean isValid(RecordParameter parameter, ConfigNode.Entry entry, Place place, Binding binding) {
        ValueType type = parameter.type();
        return binding.value(type, entry.value(), place.key(entry.key(), entry.mark()))
                .isPresent();
    }
}
