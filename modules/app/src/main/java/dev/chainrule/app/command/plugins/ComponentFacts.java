package dev.chainrule.app.command.plugins;

import dev.chainrule.config.registry.Origin;
import dev.chainrule.config.registry.RecordParameter;
import dev.chainrule.config.registry.RegisteredComponent;
import dev.chainrule.config.registry.Registry;
import java.util.LinkedHashMap;
import java.util.Map;

/** The facts about every component that programs need, as maps and lists for JSON. */
final class ComponentFacts {
    private ComponentFacts() {}

    static Map<String, Object> of(Registry registry) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put(
                "components",
                registry.all().stream().map(ComponentFacts::component).toList());
        return facts;
    }

    private static Object component(RegisteredComponent component) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("kind", component.kind().label());
        facts.put("name", component.name());
        facts.put("doc", component.doc());
        facts.put("origin", origin(component.origin()));
        facts.put(
                "parameters",
                component.type().parameters().stream()
                        .map(ComponentFacts::parameter)
                        .toList());
        return facts;
    }

    private static Object origin(Origin origin) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", origin.name());
        facts.put("version", origin.version().orElse(null));
        facts.put("jar", origin.jar().map(Object::toString).orElse(null));
        return facts;
    }

    private static Object parameter(RecordParameter parameter) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", parameter.key());
        facts.put("type", parameter.type().words());
        facts.put("required", parameter.required());
        facts.put("default", parameter.defaultText().orElse(null));
        facts.put("doc", parameter.doc());
        return facts;
    }
}
