package dev.chainrule.config.registry;

import dev.chainrule.api.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * A component that a config can use. Its class is loaded lazily: start-up does not pay for components that no config uses.
 *
 * @param kind its extension point
 * @param name in YAML
 * @param recordName the name of the class of its parameters
 * @param loader the class loader of that class
 * @param origin the application or a plugin
 */
public record RegisteredComponent(Kind kind, String name, String recordName, ClassLoader loader, Origin origin) {
    /** The key of a component's name. */
    public static final String TYPE_KEY = "type";

    /** Return the class of its parameters, which need not be initialised. */
    public Class<? extends Record> record() {
        try {
            return Class.forName(recordName, false, loader).asSubclass(Record.class);
        } catch (ClassNotFoundException e) {
            throw (NoClassDefFoundError) new NoClassDefFoundError(recordName).initCause(e);
        }
    }

    /** Return its parameters. */
    public RecordType type() {
        return RecordType.of(record());
    }

    /** Return its description. */
    public String doc() {
        return RecordType.doc(record());
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
