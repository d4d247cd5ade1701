package dev.chainrule.app.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.chainrule.config.Problems;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.node.ConfigReader;
import java.math.BigInteger;
import java.util.Set;

/** See configs as an editor does: scalars typed by YAML 1.2's core schema, the whole checked by the JSON Schema alone. */
public final class EditorView {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JsonSchema schema;

    /** Create a view by a schema's text. */
    public EditorView(String schema) {
        this.schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema);
    }

    /** Return the schema's objections to a config. */
    public Set<ValidationMessage> problems(String yaml) {
        ConfigNode node =
                ConfigReader.read("config.yaml", yaml, new Problems()).orElseThrow(() -> new AssertionError(yaml));
        return schema.validate(json(node));
    }

    /** Return whether the schema has anything against a config, which is quicker to say. */
    public boolean refuses(String yaml) {
        ConfigNode node =
                ConfigReader.read("config.yaml", yaml, new Problems()).orElseThrow(() -> new AssertionError(yaml));
        return !schema.validate(json(node), OutputFormat.BOOLEAN);
    }

    private static JsonNode json(ConfigNode node) {
        if (node instanceof ConfigNode.Mapping mapping) {
            ObjectNode object = JSON.objectNode();
            mapping.entries().forEach(entry -> object.set(entry.key(), json(entry.value())));
            return object;
        }
        if (node instanceof ConfigNode.Sequence sequence) {
            ArrayNode array = JSON.arrayNode();
            sequence.items().forEach(item -> array.add(json(item)));
            return array;
        }
        ConfigNode.Scalar scalar = (ConfigNode.Scalar) node;
        return scalar.isNull() ? JSON.nullNode() : scalar.plain() ? plain(scalar.text()) : JSON.textNode(scalar.text());
    }

    private static JsonNode plain(String text) {
        if (text.matches("true|True|TRUE|false|False|FALSE")) {
            return JSON.booleanNode(text.equalsIgnoreCase("true"));
        }
        if (text.matches("[-+]?[0-9]+")) {
            return JSON.numberNode(new BigInteger(text));
        }
        if (text.matches("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?")) {
            return JSON.numberNode(Double.parseDouble(text));
        }
        return JSON.textNode(text);
    }
}
