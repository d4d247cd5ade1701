package dev.chainrule.engine.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTests {
    @Test
    void line_everyKind_readsBackEqual() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("text", "a \"quoted\"\\\n\t\u0001 é");
        value.put("whole", 12L);
        value.put("real", 0.1);
        value.put("tiny", 5e-324);
        value.put("yes", true);
        value.put("nothing", null);
        value.put("list", List.of(1L, List.of(), Map.of()));
        assertEquals(value, JsonReader.read(Json.line(value)));
        assertEquals(value, JsonReader.read(Json.pretty(value)));
    }

    @Test
    void line_numbersJsonLacks_areText() {
        assertEquals(
                "[\"NaN\",\"Infinity\",\"-Infinity\"]",
                Json.line(List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)));
    }

    @Test
    void pretty_nested_isIndented() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("a", List.of(1, 2));
        value.put("b", Map.of("c", 3));
        assertEquals("{\n  \"a\": [1, 2],\n  \"b\": {\n    \"c\": 3\n  }\n}\n", Json.pretty(value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"a\":2}|key 'a' twice at character 12",
                "[1,]|a value is required at character 3",
                "01|a value is required at character 2",
                "1 2|text after the value at character 2",
                "{\"a\"|the text ends too early at character 4",
                "nul|a value is required at character 0",
                "\"\\x\"|an unknown escape at character 3",
                "123456789012345678901|the number 123456789012345678901 is too large at character 21"
            })
    void read_malformed_saysWhatAndWhere(String text, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> JsonReader.read(text))
                        .getMessage());
    }

    @Test
    void read_nestedTooDeep_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> JsonReader.read("[".repeat(100_000)));
    }
}
