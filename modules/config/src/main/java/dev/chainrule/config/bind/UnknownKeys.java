package dev.chainrule.config.bind;

import dev.chainrule.api.error.Suggestion;
import dev.chainrule.config.compose.LayerPlaces;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.registry.RecordType;
import dev.chainrule.config.registry.RegisteredComponent;
import dev.chainrule.config.registry.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A report of the keys that a mapping does not take. */
final class UnknownKeys {
    private static final int MOST_OWNERS = 5;

    private final Binding binding;

    UnknownKeys(Binding binding) {
        this.binding = binding;
    }

    /**
     * Report each key that is not allowed, with the key that was probably meant.
     *
     * @param type whose parameters the keys should be
     * @param component the component that the record is; empty if it is not one
     * @return the allowed keys that were probably meant
     */
    Set<String> report(
            ConfigNode.Mapping mapping,
            List<String> allowed,
            RecordType type,
            Optional<RegisteredComponent> component,
            Place place) {
        Set<String> meant = new LinkedHashSet<>();
        List<String> free = new ArrayList<>(allowed);
        for (ConfigNode.Entry entry : mapping.entries()) {
            free.remove(entry.key());
        }
        for (ConfigNode.Entry entry : mapping.entries()) {
            String key = entry.key();
            if (allowed.contains(key)) {
                continue;
            }
            List<String> foreign = ForeignNames.keys(key);
            Optional<ForeignNames.Meant> form = ForeignNames.form(key, entry.value(), free);
            Optional<String> nearest = form.map(ForeignNames.Meant::key)
                    .or(() -> foreign.stream().filter(free::contains).findFirst())
                    .or(() -> Suggestion.nearest(key, free));
            nearest.ifPresent(meant::add);
            // Above a base, a misspelt key is most often one that the base contains.
            Optional<String> similar = nearest.or(() -> Suggestion.nearest(key, allowed));
            List<String> notes = new ArrayList<>();
            String keys = component.map(c -> "Keys of " + c.name() + ": ").orElse("Allowed: ");
            Optional<String> suggested = form.map(ForeignNames.Meant::toString).or(() -> similar);
            notes.add(suggested.map(name -> "Did you mean '" + name + "'? ").orElse("") + keys
                    + (allowed.isEmpty() ? "none" : String.join(", ", allowed)) + ".");
            if (key.contains(":")) {
                notes.add("Put a blank after the colon.");
            }
            Optional<String> layer = place.path().isEmpty() ? LayerPlaces.note(mapping, entry) : Optional.empty();
            layer.or(() -> elsewhere(key, type, component))
                    .or(() -> similar.isPresent() ? Optional.empty() : ownComponent(key, component))
                    .or(() -> similar.isPresent() ? Optional.empty() : foreignElsewhere(foreign, type, component))
                    .or(() -> similar.isPresent() ? Optional.empty() : misspeltElsewhere(key, component))
                    .ifPresent(notes::add);
            binding.report(place.key(key, entry.keyMark()), "unknown key '" + key + "'", notes.toArray(String[]::new));
        }
        return meant;
    }

    private Optional<String> elsewhere(String key, RecordType type, Optional<RegisteredComponent> component) {
        return component
                .flatMap(c -> owners(key, binding.registry().of(c.kind())).map(owners -> owners + within(c)))
                .or(() -> inner(key, type))
                .or(() -> binding.root().flatMap(root -> home(key, root)))
                .or(() -> owners(key, binding.registry().all()));
    }

    private Optional<String> foreignElsewhere(
            List<String> foreign, RecordType type, Optional<RegisteredComponent> component) {
        return foreign.stream()
                .flatMap(key -> elsewhere(key, type, component).stream()
                        .map(where -> "Did you mean '" + key + "'? It" + where.substring(key.length() + 2)))
                .findFirst();
    }

    /** Return a hint if the key is itself a component here: other tools have parameters for some of our layers. */
    private Optional<String> ownComponent(String key, Optional<RegisteredComponent> component) {
        return component
                .flatMap(c -> binding.registry().find(c.kind(), key))
                .map(own -> "'" + key + "' is " + ValueType.article(own.kind().label()) + ", not a key: write { type: "
                        + key
                        + (own.type().keys().isEmpty()
                                ? ""
                                : ", " + own.type().keys().get(0) + ": …") + " }.");
    }

    /** Return the place of a key in the config: at its top level, one level below, or in a component. */
    private Optional<String> home(String key, RecordType root) {
        if (root.find(key).isPresent()) {
            return Optional.of("'" + key + "' belongs to the top level of the config.");
        }
        return inner(key, root)
                .or(() -> root.parameters().stream()
                        .filter(parameter -> parameter.type() instanceof ValueType.ComponentOf of
                                && owners(key, binding.registry().of(of.kind())).isPresent())
                        .findFirst()
                        .map(parameter -> "'" + key + "' belongs below " + parameter.key() + ": write "
                                + parameter.key() + ": { type: …, " + key + ": … }."));
    }

    /** Return the advice to write a key within the components that another one of their kind contains, as residual does layers. */
    private static String within(RegisteredComponent component) {
        String inner = new ValueType.ComponentOf(component.kind()).plural();
        boolean contains = component.type().parameters().stream()
                .anyMatch(parameter -> parameter.type().words().matches(".*lists? of " + inner));
        return contains ? " Write it in the " + inner + " within " + component.name() + "." : "";
    }

    /** Return a hint for a key written one level too far out, the most frequent mistake. */
    private static Optional<String> inner(String key, RecordType type) {
        return type.parameters().stream()
                .filter(parameter -> parameter.type() instanceof ValueType.Nested nested
                        && nested.recordType().find(key).isPresent())
                .findFirst()
                .map(parameter -> "'" + key + "' belongs below " + parameter.key() + ": write " + parameter.key()
                        + ": { " + key + ": … }.");
    }

    private static Optional<String> owners(String key, List<RegisteredComponent> components) {
        List<String> owners = components.stream()
                .filter(other -> other.type().find(key).isPresent())
                .map(RegisteredComponent::name)
                .distinct()
                .toList();
        if (owners.isEmpty()) {
            return Optional.empty();
        }
        String more = owners.size() > MOST_OWNERS ? " and others" : "";
        List<String> first = owners.subList(0, Math.min(MOST_OWNERS, owners.size()));
        return Optional.of("'" + key + "' belongs to " + String.join(", ", first) + more + ".");
    }

    /** Return a hint for a key that is both misspelt and at the wrong component. */
    private Optional<String> misspeltElsewhere(String key, Optional<RegisteredComponent> component) {
        List<RegisteredComponent> others = component
                .map(c -> binding.registry().of(c.kind()))
                .orElseGet(() -> binding.registry().all());
        List<String> keys = others.stream()
                .flatMap(other -> other.type().keys().stream())
                .distinct()
                .toList();
        return Suggestion.nearest(key, keys)
                .flatMap(near -> owners(near, others))
                .map(owners -> "Did you mean " + owners.replaceFirst(" belongs to (.*)\\.$", ", which belongs to $1?"));
    }
}
