package dev.chainrule.config.registry;

import dev.chainrule.api.Kind;
import dev.chainrule.config.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All components by kind and name. Immutable; {@link RegistryBuilder} fills it. */
public final class Registry {
    private final Map<Kind, TreeMap<String, RegisteredComponent>> components = new EnumMap<>(Kind.class);
    private final Memory memory;
    private final Starter starter;

    Registry(Collection<RegisteredComponent> all) {
        this(all, Memory.NONE, Starter.NONE);
    }

    private Registry(Collection<RegisteredComponent> all, Memory memory, Starter starter) {
        this.memory = memory;
        this.starter = starter;
        for (Kind kind : Kind.values()) {
            components.put(kind, new TreeMap<>());
        }
        for (RegisteredComponent component : all) {
            components.get(component.kind()).put(component.name(), component);
        }
    }

    /** Return a registry of the same components with a memory of missing ones. */
    public Registry remembering(Memory memory) {
        return new Registry(all(), memory, starter);
    }

    /** Return a registry of the same components, whose plugins are initialised on first use. */
    public Registry startedBy(Starter starter) {
        return new Registry(all(), memory, starter);
    }

    /**
     * Make a component ready for use.
     *
     * @param problems modified: receives the problems of its plugin
     * @return whether it may be used
     */
    public boolean start(RegisteredComponent component, Problems problems) {
        return component.origin().isBuiltIn() || starter.start(component, problems);
    }

    /** Return the advice for a component that is missing: a whole sentence. */
    public Optional<String> remembered(Kind kind, String name) {
        return memory.of(kind, name);
    }

    /** Return the component of a kind and name. */
    public Optional<RegisteredComponent> find(Kind kind, String name) {
        return Optional.ofNullable(components.get(kind).get(name));
    }

    /** Return the components of a kind, by name. */
    public List<RegisteredComponent> of(Kind kind) {
        return List.copyOf(components.get(kind).values());
    }

    /** Return the names of a kind, in order. */
    public List<String> names(Kind kind) {
        return List.copyOf(components.get(kind).keySet());
    }

    /** Return the components of any kind that have a name. */
    public List<RegisteredComponent> named(String name) {
        return components.values().stream()
                .filter(byName -> byName.containsKey(name))
                .map(byName -> byName.get(name))
                .toList();
    }

    /** Return the component of a record class. */
    public Optional<RegisteredComponent> find(Class<? extends Record> type) {
        return all().stream()
                .filter(component -> component.recordName().equals(type.getName()) && component.record() == type)
                .findFirst();
    }

    /** Return all components, by kind and name. */
    public List<RegisteredComponent> all() {
        List<RegisteredComponent> all = new ArrayList<>();
        for (Map<String, RegisteredComponent> byName : components.values()) {
            all.addAll(byName.values());
        }
        return all;
    }
}
