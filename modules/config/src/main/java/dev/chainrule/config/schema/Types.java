package dev.chainrule.config.schema;

import static dev.chainrule.config.schema.Forms.anyOf;
import static dev.chainrule.config.schema.Forms.object;
import static dev.chainrule.config.schema.Forms.ref;

import dev.chainrule.config.registry.RecordParameter;
import dev.chainrule.config.registry.RecordType;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.config.registry.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The JSON Schema of types.
 *
 * @param names the names allowed in mappings, by key
 * @param definitions modified: receives the definitions that are referred to
 * @param owners modified: the record of each name
 * @param partial whether the described values are merged with those of other configs
 */
record Types(
        Registry registry,
        Map<String, Map<String, Object>> names,
        Map<String, Object> definitions,
        Map<String, Class<?>> owners,
        boolean partial) {
    static final Map<String, Object> NULL = Collections.singletonMap(Forms.TYPE, "null");

    /** Return a reference to the definition of a record that is not a component. */
    Map<String, Object> record(Class<? extends Record> type) {
        String name = name(type);
        RecordType described = RecordType.of(type);
        if (described.direct().isPresent()) {
            return new Components(this).direct(name, described);
        }
        return define(name, definition -> {
            definition.put("description", doc(type));
            mapping(definition, new LinkedHashMap<>(), described.parameters(), new ArrayList<>());
        });
    }

    Map<String, Object> type(ValueType type) {
        if (type instanceof ValueType.Maybe maybe) {
            return orNull(type(maybe.value()));
        }
        if (type instanceof ValueType.ListOf list) {
            return object(Forms.TYPE, "array", "items", alone().type(list.item()));
        }
        if (type instanceof ValueType.MapOf map) {
            return object(Forms.TYPE, "object", "additionalProperties", orRemoved(type(map.value())));
        }
        if (type instanceof ValueType.OneOrMore several) {
            return anyOf(List.of(type(several.item()), type(new ValueType.ListOf(several.item()))));
        }
        if (type instanceof ValueType.WordOr either) {
            return anyOf(List.of(type(either.choice()), type(either.value())));
        }
        if (type instanceof ValueType.Nested nested) {
            return record(nested.type());
        }
        if (type instanceof ValueType.ComponentOf component) {
            return new Components(this).component(component.kind());
        }
        if (type instanceof ValueType.Choice choice) {
            return Forms.choice(choice);
        }
        if (type instanceof ValueType.Scalar scalar) {
            return Forms.parsed(scalar);
        }
        if (type instanceof ValueType.Whole) {
            return ref(Forms.WHOLE);
        }
        if (type instanceof ValueType.Real) {
            return ref(Forms.NUMBER);
        }
        return ref(type instanceof ValueType.Flag ? Forms.FLAG : Forms.TEXT);
    }

    /** Complete the definition of a mapping whose keys are parameters, and further ones. */
    void mapping(
            Map<String, Object> definition,
            Map<String, Object> further,
            List<RecordParameter> parameters,
            List<String> required) {
        Map<String, Object> properties = new LinkedHashMap<>(further);
        for (RecordParameter parameter : parameters) {
            if (!parameter.direct()) {
                properties.put(parameter.key(), property(parameter));
                if (parameter.required() && !partial) {
                    required.add(parameter.key());
                }
            }
        }
        definition.put(Forms.TYPE, "object");
        definition.put("properties", properties);
        if (!required.isEmpty()) {
            definition.put("required", required);
        }
        definition.put("additionalProperties", false);
    }

    private Map<String, Object> property(RecordParameter parameter) {
        Map<String, Object> property = new LinkedHashMap<>();
        if (!parameter.doc().isEmpty()) {
            property.put("description", parameter.doc());
        }
        Defaults.of(parameter).ifPresent(value -> property.put("default", value));
        property.putAll(orRemoved(type(parameter.type())));
        if (parameter.type() instanceof ValueType.MapOf && names.containsKey(parameter.key())) {
            property.put("propertyNames", names.get(parameter.key()));
        }
        return property;
    }

    /** Allow null if it removes a value of another config. */
    Map<String, Object> orRemoved(Map<String, Object> schema) {
        return partial ? orNull(schema) : schema;
    }

    private static Map<String, Object> orNull(Map<String, Object> schema) {
        return schema.get("anyOf") instanceof List<?> alternatives && alternatives.contains(NULL)
                ? schema
                : anyOf(List.of(schema, NULL));
    }

    /** Return the types of values that are not merged. */
    private Types alone() {
        return new Types(registry, names, definitions, owners, false);
    }

    String prefix() {
        return partial ? "partial." : "";
    }

    /** Return a reference to a definition, which is created unless it exists or is being created. */
    Map<String, Object> define(String name, Consumer<Map<String, Object>> maker) {
        if (!definitions.containsKey(name)) {
            Map<String, Object> definition = new LinkedHashMap<>();
            definitions.put(name, definition);
            maker.accept(definition);
        }
        return ref(name);
    }

    /** Return a unique name: records of two plugins may have the same. */
    private String name(Class<? extends Record> type) {
        String simple = prefix() + RecordParameter.key(type.getSimpleName());
        String name = simple;
        for (int i = 2; owners.computeIfAbsent(name, free -> type) != type; i++) {
            name = simple + "_" + i;
        }
        return name;
    }

    static String doc(Class<? extends Record> type) {
        return RecordType.doc(type);
    }
}
