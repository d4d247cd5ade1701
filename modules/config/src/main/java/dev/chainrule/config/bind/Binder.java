package dev.chainrule.config.bind;

import dev.chainrule.api.Kind;
import dev.chainrule.config.ConfigException;
import dev.chainrule.config.Mark;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.config.compose.Composition;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.registry.RecordParameter;
import dev.chainrule.config.registry.RecordType;
import dev.chainrule.config.registry.RegisteredComponent;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.config.registry.RegistryBuilder;
import dev.chainrule.config.registry.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The binding of nodes to records: each parameter of the record is a key of the mapping, {@code learningRate} is
 * {@code learning_rate}.
 *
 * <p>Binding does not stop at the first mistake: a value that does not bind is reported and omitted, and the rest is
 * checked.
 */
public final class Binder {
    private final Registry registry;

    /** Create a binder that knows the components of a registry. */
    public Binder(Registry registry) {
        this.registry = registry;
    }

    /**
     * Bind a whole config.
     *
     * @param problems modified: receives the problems found
     * @return the record; empty if there were errors
     */
    public <T extends Record> Optional<Located<T>> bind(ConfigNode node, Class<T> type, Problems problems) {
        Mark whole = Mark.whole(node.mark().source());
        Locations locations = new Locations(whole);
        Problems found = new Problems();
        Optional<RecordType> root = Optional.of(RecordType.of(type));
        Optional<ConfigNode.Entry> defaults =
                node instanceof ConfigNode.Mapping mapping ? mapping.find(Composition.DEFAULTS) : Optional.empty();
        ConfigNode rest = defaults.isPresent() && node instanceof ConfigNode.Mapping mapping
                ? mapping.without(Collections.singleton(Composition.DEFAULTS))
                : node;
        LayerDefaults layerDefaults = defaults.map(
                        entry -> LayerDefaults.read(entry, new Binding(registry, found, new Locations(whole), root)))
                .orElse(LayerDefaults.NONE);
        Optional<Object> value = new Binding(registry, found, locations, root)
                .with(layerDefaults)
                .value(new ValueType.Nested(type), rest, new Place("", whole));
        problems.addAll(defaults.isEmpty() ? found : found.withoutRepetition());
        return found.hasErrors() ? Optional.empty() : value.map(record -> new Located<>(type.cast(record), locations));
    }

    /**
     * Bind a whole config.
     *
     * @throws ConfigException with all errors
     */
    public <T extends Record> Located<T> bind(ConfigNode node, Class<T> type) {
        Problems problems = new Problems();
        Optional<Located<T>> bound = bind(node, type, problems);
        problems.throwIfErrors();
        return bound.orElseThrow();
    }

    /**
     * Bind one component, written as in a config: its name, or a mapping with {@code type}.
     *
     * @throws ConfigException with all errors
     */
    public Record component(ConfigNode node, Kind kind) {
        Mark whole = Mark.whole(node.mark().source());
        Problems problems = new Problems();
        Optional<Object> value = new Binding(registry, problems, new Locations(whole), Optional.empty())
                .value(new ValueType.ComponentOf(kind), node, new Place("", whole));
        problems.throwIfErrors();
        return (Record) value.orElseThrow();
    }

    /**
     * Check that the defaults of a component bind and, if all parameters have defaults, that it can be created.
     *
     * @param problems modified: receives the problems found
     * @return the component; empty if a parameter is required or there are errors
     */
    public Optional<Record> checkDefaults(RegisteredComponent component, Problems problems) {
        Mark mark = RegistryBuilder.place(component.origin());
        Binding binding = new Binding(registry, new Problems(), new Locations(mark), Optional.empty());
        RecordType type = component.type();
        Object[] values = new Object[type.parameters().size()];
        boolean complete = true;
        try {
            for (int i = 0; i < values.length; i++) {
                RecordParameter parameter = type.parameters().get(i);
                complete &= !parameter.required();
                values[i] = parameter.required() ? null : binding.defaultValue(parameter);
            }
            if (complete) {
                Optional<Object> created =
                        new Constructing(binding).create(type, Optional.of(component), values, new Place("", mark));
                binding.problems().throwIfErrors();
                return created.map(Record.class::cast);
            }
        } catch (FaultyDefault e) {
            problems.add(faulty(component, mark, e.getMessage(), List.of()));
        } catch (ConfigException e) {
            Problem first = e.problems().sorted().get(0);
            problems.add(faulty(component, mark, first.message(), first.notes()));
        }
        return Optional.empty();
    }

    private static Problem faulty(RegisteredComponent component, Mark mark, String fault, List<String> notes) {
        List<String> all = new ArrayList<>(notes);
        all.add("Its author must correct this (see docs/PLUGINS.md).");
        return Problem.error(
                mark,
                "",
                "the defaults of " + component.kind().label() + " '" + component.name() + "' of "
                        + component.origin().name() + " are wrong: " + fault,
                all);
    }
}
