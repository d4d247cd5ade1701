package dev.chainrule.app.load;

import dev.chainrule.api.Kind;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.config.schema.JsonSchema;
import dev.chainrule.config.schema.Reference;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.Head;
import dev.chainrule.engine.experiment.NamedMetric;
import dev.chainrule.engine.files.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A description of legal configs, including facts that only the whole program knows: the full names of metrics. */
public final class ConfigSchema {
    private static final List<String> PARTS = List.of("train", "validation", "test");

    private static final List<String> HEADING = List.of(
            "yaml-language-server: $schema=schema.json",
            "Every key of a config and every component, with default and description.",
            "Written by java -jar pipeline.jar schema --reference; with --plugins it includes their components.",
            "",
            "First, a config with every key. It can be run: java -jar pipeline.jar configs/reference.yaml",
            "Commented-out keys are optional and have no default. The components follow.");

    /** Sample values for the reference, for keys without a default or with one that shows little. */
    private static final String SAMPLE = """
            name: reference
            data:
              train: { type: digits, count: 500 }
              test: { fraction: 0.1 }
              validation: { count: 50 }
              transforms: [ { type: scale, by: 1/255 } ]
            model:
              - { type: dense, units: 32, activation: relu, name: hidden }
              - { type: dense, units: 10, activation: softmax }
            loss: cross_entropy
            optimizer: { type: adam, learning_rate: 0.002 }
            metrics: [ loss, accuracy ]
            expect:
              test.accuracy: { min: 0.5 }
            """;

    private ConfigSchema() {}

    /** Return the JSON Schema of configs. Ends with a line break. */
    public static String json(Registry registry) {
        Map<String, Object> named = Collections.singletonMap("pattern", pattern(NamedMetric.NAME));
        Map<String, Object> schema =
                JsonSchema.of(registry, Experiment.class, Collections.singletonMap("expect", named));
        schema.computeIfPresent(
                "else",
                (key, alone) -> Collections.singletonMap(
                        "allOf", List.of(alone, knownUnlessNamed(registry), knownOfOutputs(registry))));
        return Json.pretty(schema);
    }

    /** Restrict {@code expect} to the names of components if no metric and no output has its own name. */
    private static Map<String, Object> knownUnlessNamed(Registry registry) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put(
                "if", Collections.singletonMap("anyOf", List.of(named(), having("outputs", Collections.emptyMap()))));
        schema.put("else", expecting("enum", full(registry.names(Kind.METRIC))));
        return schema;
    }

    /** Restrict {@code expect} to the names of components, after that of an output, if no metric of an output has its own name. */
    private static Map<String, Object> knownOfOutputs(Registry registry) {
        Map<String, Object> unnamed =
                Collections.singletonMap("additionalProperties", Collections.singletonMap("not", named()));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("if", having("outputs", unnamed));
        schema.put("then", expecting("pattern", pattern(String.join("|", registry.names(Kind.METRIC)))));
        return schema;
    }

    private static Map<String, Object> named() {
        return having("metrics", Collections.singletonMap("contains", having("name", Collections.emptyMap())));
    }

    private static Map<String, Object> expecting(String key, Object value) {
        return Collections.singletonMap(
                "properties",
                Collections.singletonMap(
                        "expect", Collections.singletonMap("propertyNames", Collections.singletonMap(key, value))));
    }

    /** Return the form of a metric's full name, with or without an output. */
    private static String pattern(String metric) {
        return "^(" + String.join("|", PARTS) + ")\\.(" + NamedMetric.NAME + "\\.)?(" + metric + ")$";
    }

    private static Map<String, Object> having(String key, Map<String, Object> value) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("required", List.of(key));
        schema.put("properties", Collections.singletonMap(key, value));
        return schema;
    }

    /** Return a config with every key and every component, explained in comments. Ends with a line break. */
    public static String reference(Registry registry) {
        return Reference.write(HEADING, registry, Experiment.class, SAMPLE);
    }

    /**
     * Return the full name of every metric that an experiment may measure: {@code test.accuracy}, {@code test.good.accuracy}.
     */
    static List<String> metrics(Registry registry, Experiment experiment) {
        Set<String> metrics = new LinkedHashSet<>();
        if (!experiment.outputs().isEmpty()) {
            metrics.add("loss");
        }
        for (Head head : experiment.heads()) {
            for (String name : registry.names(Kind.METRIC)) {
                metrics.add(head.label(name));
            }
            for (NamedMetric given : head.output().metrics().orElse(List.of())) {
                metrics.add(head.label(given.label()));
            }
        }
        return full(metrics);
    }

    private static List<String> full(Collection<String> metrics) {
        List<String> full = new ArrayList<>();
        for (String part : PARTS) {
            for (String metric : metrics) {
                full.add(part + "." + metric);
            }
        }
        return full;
    }
}
