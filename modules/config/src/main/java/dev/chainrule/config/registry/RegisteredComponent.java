package dev.chainrule.config.registry;

import dev.chainrule.api.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * A component that a config can use.
 *
 * @param kind its extension point
 * @param name in YAML
 * @param doc its description
 * @param record the class of its parameters
 * @param origin the application or a plugin
 */
public record RegisteredComponent(Kind kind, String name, String doc, Class<? extends Record> record, Origin origin) {
    /** The key of a component's name. */
    public static final String TYPE_KEY = "type";

    /** Return its parameters, read lazily: start-up does not pay for reflection on components that no config uses. */
    public RecordType type() {
        return RecordType.of(record);
    }

    /** Return kind and name: {@code activation swish}. */
    public String label() {
        return label(kind, name);
    }

    /** Return kind and name of a component that need not exist. */
    public static String label(Kind kind, String name) {
        return kind.label() + " " + name;
    }

    /** Return the keys that YAML may contain, {@code type} first. */
    public List<String> keys() {
        List<String> keys = new ArrayList<>(List.of(TYPE_KEY));
        keys.addAll(type().keys());
        return keys;
    }
}
