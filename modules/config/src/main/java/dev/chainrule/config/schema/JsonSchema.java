package dev.chainrule.config.schema;

import dev.chainrule.api.Kind;
import dev.chainrule.config.compose.Composition;
import dev.chainrule.config.registry.RecordType;
import dev.chainrule.config.registry.Registry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON Schema of configs, with which editors complete, explain and check a config while it is typed.
 *
 * <p>Draft 7, the one that editors support best. Everything is described twice: for a config on its own, and, under
 * {@code partial.…}, for one that extends others. There required keys may be absent, since the others have them, and
 * {@code null} removes a value of the others. Lists replace those of the others, so their items are complete again.
 *
 * <p>A schema cannot express everything that the binder checks: bounds and dependencies between keys are left to
 * {@code validate}.
 */
public final class JsonSchema {
    private static final String DRAFT = "http://json-schema.org/draft-07/schema#";

    private JsonSchema() {}

    /**
     * Return the schema as maps, lists and plain values, keys in a fixed order.
     *
     * @param registry the components to describe
     * @param root the record of a whole config
     * @param names the schema of the names in mappings of names to values, by key; if there is none, any name is
     *     allowed
     */
    public static Map<String, Object> of(
            Registry registry, Class<? extends Record> root, Map<String, Map<String, Object>> names) {
        Map<String, Object> definitions = new LinkedHashMap<>(Forms.definitions());
        Map<String, Class<?>> owners = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            owners.put(Components.name(kind), kind.type());
            owners.put("partial." + Components.name(kind), kind.type());
        }
        definitions.keySet().forEach(name -> owners.put(name, Forms.class));
        Types whole = new Types(registry, names, definitions, owners, false);
        Types part = new Types(registry, names, definitions, owners, true);
        Map<String, Object> alone = whole.record(root);
        Map<String, Object> partial = part.record(root);
        extend(definitions, alone, whole);
        extend(definitions, partial, part);
        return Forms.object(
                "$schema",
                DRAFT,
                "title",
                "Chainrule config",
                "description",
                Types.doc(RecordType.of(root).type()),
                "if",
                Forms.object("required", List.of(Composition.EXTENDS)),
                "then",
                partial,
                "else",
                alone,
                "definitions",
                definitions);
    }

    /** Add the keys of a config that its record has no parameters for. */
    private static void extend(Map<String, Object> definitions, Map<String, Object> ref, Types types) {
        String name = ref.get(Forms.REF).toString().replaceFirst(".*/", "");
        Map<?, ?> definition = (Map<?, ?>) definitions.get(name);
        @SuppressWarnings("unchecked")
        Map<String, Object> properties = (Map<String, Object>) definition.get("properties");
        properties.put(Composition.DEFAULTS, new Components(types).defaults(Kind.LAYER, Composition.DEFAULTS_DOC));
        properties.put(
                Composition.EXTENDS,
                Forms.object(
                        "description",
                        Composition.EXTENDS_DOC,
                        "anyOf",
                        List.of(
                                Forms.object(Forms.TYPE, Forms.STRING),
                                Forms.object(Forms.TYPE, "array", "items", Forms.object(Forms.TYPE, Forms.STRING)))));
    }
}
