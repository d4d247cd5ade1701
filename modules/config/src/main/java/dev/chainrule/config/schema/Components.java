package dev.chainrule.config.schema;

import static dev.chainrule.config.schema.Forms.anyOf;
import static dev.chainrule.config.schema.Forms.object;
import static dev.chainrule.config.schema.Forms.ref;

import dev.chainrule.api.Kind;
import dev.chainrule.config.registry.RecordParameter;
import dev.chainrule.config.registry.RecordType;
import dev.chainrule.config.registry.RegisteredComponent;
import dev.chainrule.config.registry.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The JSON Schema of components: a name, a mapping with {@code type}, a bare number. */
final class Components {
    private final Types types;

    Components(Types types) {
        this.types = types;
    }

    /** Return a reference to the definition of a component of some kind. */
    Map<String, Object> component(Kind kind) {
        String name = types.prefix() + name(kind);
        return types.define(name, definition -> {
            definition.put("title", ValueType.article(kind.label()));
            definition.put("anyOf", alternatives(kind, name, List.of()));
        });
    }

    /** Return a reference to the definition of a record that has a component written in its place. */
    Map<String, Object> direct(String name, RecordType type) {
        RecordParameter direct = type.direct().orElseThrow();
        return types.define(name, definition -> {
            if (direct.type() instanceof ValueType.Maybe maybe) {
                Map<String, Object> without = new LinkedHashMap<>();
                types.mapping(without, Map.of(), type.parameters(), new ArrayList<>());
                Kind kind = ((ValueType.ComponentOf) maybe.value()).kind();
                definition.put("anyOf", List.of(component(kind), without));
            } else {
                Kind kind = ((ValueType.ComponentOf) direct.type()).kind();
                definition.put("anyOf", alternatives(kind, name, type.parameters()));
            }
        });
    }

    /** Return all forms of a kind; {@code outer} are the parameters of the record around it. */
    private List<Object> alternatives(Kind kind, String name, List<RecordParameter> outer) {
        List<RegisteredComponent> all = types.registry().of(kind);
        List<Object> alternatives = new ArrayList<>();
        for (RegisteredComponent component : all) {
            if (component.type().parameters().stream().noneMatch(RecordParameter::required)) {
                alternatives.add(object("const", component.name(), "description", component.doc()));
            }
        }
        if (kind.forNumbers().isPresent()) {
            alternatives.add(ref(Forms.NUMBER));
        }
        alternatives.add(ref(Forms.PLACEHOLDER));
        all.forEach(component -> alternatives.add(mapping(component, name, outer)));
        // The keys of a component are unknown if its name is.
        alternatives.add(object(
                Forms.TYPE,
                "object",
                "required",
                List.of(RegisteredComponent.TYPE_KEY),
                "properties",
                object(RegisteredComponent.TYPE_KEY, ref(Forms.PLACEHOLDER))));
        if (types.partial()) {
            alternatives.add(withoutType(all, outer));
        }
        return alternatives;
    }

    private Map<String, Object> mapping(RegisteredComponent component, String name, List<RecordParameter> outer) {
        return types.define(name + "." + component.name(), definition -> {
            definition.put("title", component.name());
            definition.put("description", component.doc());
            Map<String, Object> first = object(
                    RegisteredComponent.TYPE_KEY, object("const", component.name(), "description", component.doc()));
            List<String> required = new ArrayList<>(List.of(RegisteredComponent.TYPE_KEY));
            types.mapping(definition, first, joined(component, outer), required);
        });
    }

    /** Return changes of a component in another config: any key that some component of the kind takes. */
    private Map<String, Object> withoutType(List<RegisteredComponent> all, List<RecordParameter> outer) {
        Map<String, List<Object>> forms = new LinkedHashMap<>();
        for (RegisteredComponent component : all) {
            Map<String, Object> definition = new LinkedHashMap<>();
            types.mapping(definition, Map.of(), joined(component, outer), new ArrayList<>());
            ((Map<?, ?>) definition.get("properties")).forEach((key, form) -> {
                Map<?, ?> shown = new LinkedHashMap<>((Map<?, ?>) form);
                shown.keySet().removeAll(List.of("description", "default"));
                List<Object> known = forms.computeIfAbsent((String) key, k -> new ArrayList<>());
                if (!known.contains(shown)) {
                    known.add(shown);
                }
            });
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        forms.forEach((key, known) -> properties.put(key, known.size() == 1 ? known.get(0) : anyOf(known)));
        return object(Forms.TYPE, "object", "properties", properties, "additionalProperties", false);
    }

    /** Return a mapping of the names of components to values of those of their parameters that may be absent. */
    Map<String, Object> defaults(Kind kind, String doc) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (RegisteredComponent component : types.registry().of(kind)) {
            List<RecordParameter> optional = component.type().parameters().stream()
                    .filter(parameter -> !parameter.required())
                    .toList();
            if (!optional.isEmpty()) {
                Map<String, Object> definition = new LinkedHashMap<>();
                types.mapping(definition, Map.of(), optional, new ArrayList<>());
                properties.put(component.name(), types.orRemoved(definition));
            }
        }
        return types.orRemoved(object(
                "description", doc, Forms.TYPE, "object", "properties", properties, "additionalProperties", false));
    }

    static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static List<RecordParameter> joined(RegisteredComponent component, List<RecordParameter> outer) {
        List<RecordParameter> joined = new ArrayList<>(component.type().parameters());
        joined.addAll(outer);
        return joined;
    }
}
