package dev.chainrule.config.registry;

import dev.chainrule.api.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Describe a component that YAML can name.
 *
 * @param kind what it is
 * @param name how YAML names it
 * @param doc what it does
 * @param record what holds its parameters
 * @param origin where it comes from
 */
public record RegisteredComponent(Kind kind, String name, String doc, Class<? extends Record> record, Origin origin) {
    /** The key that names the component. */
    public static final String TYPE_KEY = "type";

    /** Return its parameters. Read when first asked for: no start pays for the reflection on what no config names. */
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

    /** Return the keys that YAML may write, {@code type} first. */
    public List<String> keys() {
        List<String> keys = new ArrayList<>(List.of(TYPE_KEY));
        keys.addAll(type().keys());
        return keys;
    }
}
