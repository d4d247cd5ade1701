package dev.chainrule.config.bind;

import dev.chainrule.api.Kind;
import dev.chainrule.api.error.Suggestion;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.registry.RecordParameter;
import dev.chainrule.config.registry.RegisteredComponent;
import dev.chainrule.config.registry.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The binding of components: {@code {type: swish, beta: 1.5}}, {@code swish}, or a bare number that abbreviates one.
 */
final class ComponentBinder {
    private static final String PLUGIN_NOTE =
            "If yours comes from a plugin, put its jar in plugins/ (see docs/PLUGINS.md).";

    private final Binding binding;

    ComponentBinder(Binding binding) {
        this.binding = binding;
    }

    /**
     * Bind one component.
     *
     * @param outerKeys the keys that the record around a direct component takes, for messages
     */
    Optional<Object> bind(Kind kind, ConfigNode node, Place place, List<String> outerKeys) {
        if (node instanceof ConfigNode.Scalar scalar) {
            if (scalar.plain() && NumberText.isNumberLike(scalar.text())) {
                return number(kind, scalar, place);
            }
            return named(kind, scalar, new ConfigNode.Mapping(List.of(), scalar.mark()), place, outerKeys);
        }
        if (!(node instanceof ConfigNode.Mapping mapping)) {
            return binding.mismatch(new ValueType.ComponentOf(kind), node, place, "Write one instead of a list.");
        }
        Optional<ConfigNode.Entry> type = mapping.find(RegisteredComponent.TYPE_KEY);
        if (type.isEmpty()) {
            return withoutType(kind, mapping, place, outerKeys);
        }
        if (!(type.get().value() instanceof ConfigNode.Scalar name) || name.isNull()) {
            Place typePlace = place.key(RegisteredComponent.TYPE_KEY, type.get().keyMark());
            String received = type.get().value().described();
            binding.report(typePlace, received + " where the name of " + one(kind) + " is required", known(kind));
            return Optional.empty();
        }
        ConfigNode.Mapping parameters = mapping.without(Set.of(RegisteredComponent.TYPE_KEY));
        return named(kind, name, parameters, place.at(name.mark()), outerKeys);
    }

    private Optional<Object> named(
            Kind kind, ConfigNode.Scalar name, ConfigNode.Mapping parameters, Place place, List<String> outerKeys) {
        if (Binding.isQuoted(name, '{')) {
            return binding.mismatch(new ValueType.ComponentOf(kind), name, place, "Remove the quotes.");
        }
        Optional<RegisteredComponent> found = find(kind, name.text(), place);
        if (found.isPresent()) {
            binding.locations().put(place.path(), place.mark());
            if (!binding.registry().start(found.get(), binding.problems())) {
                return Optional.empty();
            }
            ConfigNode.Mapping filled = binding.layerDefaults().fill(found.get(), parameters);
            return new RecordBinder(binding).component(found.get(), filled, place, outerKeys);
        }
        if (binding.registry().named(name.text()).isEmpty()) {
            meant(kind, name.text())
                    .flatMap(near -> binding.registry().find(kind, near))
                    .ifPresent(near -> bindAsIfMeant(near, parameters, place, outerKeys));
        }
        return Optional.empty();
    }

    /** Return the component of a name; empty if there is none, which is reported. */
    Optional<RegisteredComponent> find(Kind kind, String name, Place place) {
        Optional<RegisteredComponent> found = binding.registry().find(kind, name);
        if (found.isEmpty()) {
            reportUnknown(kind, name, place);
        }
        return found;
    }

    private Optional<String> meant(Kind kind, String name) {
        List<String> names = binding.registry().names(kind);
        return ForeignNames.component(kind, name, names)
                .or(() ->
                        binding.registry().named(name).isEmpty() ? Suggestion.nearest(name, names) : Optional.empty());
    }

    private void reportUnknown(Kind kind, String name, Place place) {
        List<RegisteredComponent> others = binding.registry().named(name);
        String hint =
                meant(kind, name).map(near -> "Did you mean '" + near + "'? ").orElse("");
        if (others.isEmpty()) {
            String note = binding.registry().remembered(kind, name).orElse(PLUGIN_NOTE);
            binding.report(place, "unknown " + kind.label() + " '" + name + "'", hint + known(kind), note);
        } else {
            String other = one(others.get(0).kind());
            List<String> notes = new ArrayList<>(List.of(hint + known(kind)));
            holder(kind, others.get(0))
                    .ifPresent(holder -> notes.add("Write " + holder + " to use it as " + one(kind) + "."));
            if (kind == Kind.ACTIVATION && others.get(0).kind() == Kind.LAYER) {
                notes.add("Omit the activation, and write " + name + " as the next layer.");
            }
            binding.report(
                    place,
                    "'" + name + "' is " + other + "; " + one(kind) + " is required here",
                    notes.toArray(String[]::new));
        }
    }

    /**
     * Return how to write the component of this kind that only wraps another kind, as the layer activation wraps a
     * function.
     */
    private Optional<String> holder(Kind kind, RegisteredComponent inner) {
        return binding.registry().of(kind).stream()
                .filter(holder -> holder.type().parameters().size() == 1
                        && holder.type().parameters().get(0).type().equals(new ValueType.ComponentOf(inner.kind())))
                .findFirst()
                .map(holder -> "{ type: " + holder.name() + ", "
                        + holder.type().parameters().get(0).key() + ": " + inner.name() + " }");
    }

    /**
     * Check the values too, if every key shows that this component was meant: otherwise they would only be checked next
     * time.
     */
    private void bindAsIfMeant(
            RegisteredComponent meant, ConfigNode.Mapping parameters, Place place, List<String> outerKeys) {
        // A guess does not justify running a plugin.
        boolean fits = meant.origin().isBuiltIn()
                && !parameters.entries().isEmpty()
                && parameters.entries().stream()
                        .allMatch(entry -> meant.keys().contains(entry.key()) || outerKeys.contains(entry.key()));
        if (fits) {
            new RecordBinder(binding).component(meant, parameters, place, outerKeys);
        }
    }

    private Optional<Object> number(Kind kind, ConfigNode.Scalar scalar, Place place) {
        Optional<RegisteredComponent> constant =
                kind.forNumbers().flatMap(name -> binding.registry().find(kind, name));
        if (constant.isEmpty()) {
            binding.report(place, "the number " + scalar.text() + " where " + one(kind) + " is required", known(kind));
            return Optional.empty();
        }
        RecordParameter first = constant.get().type().parameters().get(0);
        ConfigNode.Entry entry = new ConfigNode.Entry(first.key(), scalar.mark(), scalar);
        ConfigNode.Mapping parameters = new ConfigNode.Mapping(List.of(entry), scalar.mark());
        return new RecordBinder(binding).component(constant.get(), parameters, place.standingForChild(), List.of());
    }

    private Optional<Object> withoutType(Kind kind, ConfigNode.Mapping mapping, Place place, List<String> outerKeys) {
        Optional<ConfigNode.Entry> misspelt = misspeltType(kind, mapping, outerKeys);
        if (misspelt.isPresent()) {
            String key = misspelt.get().key();
            Place at = place.key(key, misspelt.get().keyMark());
            binding.report(at, "unknown key '" + key + "'", "Did you mean 'type'? It names the " + kind.label() + ".");
            if (misspelt.get().value() instanceof ConfigNode.Scalar name && !name.isNull()) {
                named(kind, name, mapping.without(Set.of(key)), place.at(name.mark()), outerKeys);
            }
            return Optional.empty();
        }
        Optional<ConfigNode.Entry> nameAsKey = mapping.entries().stream()
                .filter(entry -> binding.registry().find(kind, entry.key()).isPresent())
                .findFirst();
        if (nameAsKey.isPresent()) {
            String name = nameAsKey.get().key();
            Place at = place.at(nameAsKey.get().keyMark());
            binding.report(at, "'" + name + "' is written as a key", "Write { type: " + name + ", … }.");
        } else {
            binding.report(place, "missing key 'type', which names the " + kind.label(), known(kind));
        }
        return Optional.empty();
    }

    /** Return the entry whose key is probably a misspelt {@code type}, for a mapping without one. */
    Optional<ConfigNode.Entry> misspeltType(Kind kind, ConfigNode.Mapping mapping, List<String> outerKeys) {
        return mapping.entries().stream()
                .filter(entry -> !outerKeys.contains(entry.key()))
                .filter(entry -> binding.registry().of(kind).stream()
                        .noneMatch(
                                component -> component.type().find(entry.key()).isPresent()))
                .filter(entry -> Suggestion.nearest(entry.key(), List.of(RegisteredComponent.TYPE_KEY))
                        .isPresent())
                .findFirst();
    }

    private static String one(Kind kind) {
        return ValueType.article(kind.label());
    }

    private String known(Kind kind) {
        List<String> names = binding.registry().names(kind);
        return names.isEmpty() ? "None is known." : "Known: " + String.join(", ", names) + ".";
    }
}
