package dev.chainrule.config.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Kind;
import dev.chainrule.config.example.Example;
import dev.chainrule.config.example.ExamplePlugin;
import dev.chainrule.config.registry.RegisteredComponent;
import dev.chainrule.config.registry.Registry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class JsonSchemaTests {
    private static final Registry REGISTRY = ExamplePlugin.registry();
    private static final Map<String, Object> SCHEMA = JsonSchema.of(
            REGISTRY, Example.class, Collections.singletonMap("expect", Map.of("enum", List.of("test.accuracy"))));
    private static final Map<?, ?> DEFINITIONS = (Map<?, ?>) SCHEMA.get("definitions");

    /** Hold a record that is called as a kind is. */
    record Loss(int weight) {}

    /** Hold one more record of the same name. */
    record Training(Example.Training inner, Loss loss) {}

    private record Root(Training training) {}

    @Test
    void of_everyReference_hasItsDefinition() {
        List<String> missing = new ArrayList<>();
        int seen = references(SCHEMA, missing);
        assertEquals(List.of(), missing);
        assertTrue(seen > 150, "only " + seen + " references seen");
    }

    @Test
    void of_everyComponent_hasItsKeysAndRefusesOthers() {
        int seen = 0;
        for (RegisteredComponent component : REGISTRY.all()) {
            Map<?, ?> definition =
                    (Map<?, ?>) DEFINITIONS.get(Components.name(component.kind()) + "." + component.name());
            if (definition != null) {
                assertEquals(Set.copyOf(component.keys()), ((Map<?, ?>) definition.get("properties")).keySet());
                assertEquals(false, definition.get("additionalProperties"));
                seen++;
            }
        }
        // Layers are written with a name, and are defined with it.
        assertEquals(REGISTRY.all().size() - REGISTRY.of(Kind.LAYER).size(), seen);
    }

    @Test
    void of_recordsOfOneName_areToldApart() {
        Map<?, ?> definitions =
                (Map<?, ?>) JsonSchema.of(REGISTRY, Root.class, Map.of()).get("definitions");
        assertEquals(
                Set.of("inner", "loss"), properties(definitions, "training").keySet());
        assertEquals(
                Set.of("epochs", "shuffle"),
                properties(definitions, "training_2").keySet());
        assertEquals(Set.of("weight"), properties(definitions, "loss_2").keySet());
    }

    private static Map<?, ?> properties(Map<?, ?> definitions, String name) {
        return (Map<?, ?>) ((Map<?, ?>) definitions.get(name)).get("properties");
    }

    private static int references(Object schema, List<String> missing) {
        int seen = 0;
        if (schema instanceof Map<?, ?> map) {
            if (map.get("$ref") instanceof String ref) {
                seen++;
                if (!DEFINITIONS.containsKey(ref.replace("#/definitions/", ""))) {
                    missing.add(ref);
                }
            }
            for (Object value : map.values()) {
                seen += references(value, missing);
            }
        } else if (schema instanceof List<?> list) {
            for (Object value : list) {
                seen += references(value, missing);
            }
        }
        return seen;
    }
}
