package dev.chainrule.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test the canonical form of records, with the example of docs/REPRODUCIBILITY.md. */
final class RecordLinesTests {
    private static final String RECORD = """
            {"format": 2, "started": "2026-01-02T03:04:05Z", "a/b": [1.50, "x\\ty", null], "seal": {"files": {}, "digest": ""}}
            """;

    @Test
    void of_example_isAsDocumented() {
        SortedMap<String, String> expected = new TreeMap<>();
        expected.put("", "{");
        expected.put("/a~1b", "[");
        expected.put("/a~1b/0", "1.50");
        expected.put("/a~1b/1", "\"x\\ty\"");
        expected.put("/a~1b/2", "null");
        expected.put("/format", "2");
        expected.put("/seal", "{");
        expected.put("/seal/digest", "*");
        expected.put("/seal/files", "{");
        expected.put("/started", "*");
        assertEquals(expected, RecordLines.of(RECORD));
        assertEquals("e277ca480d4fbe99460524ab346cc74edb980f4f86692ae4bb4f756468871edd", RecordLines.digest(expected));
    }

    /** The items of a list must not pass as the entries of a mapping, nor a key as two. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": {\"0\": 1}}",
                "{\"a\": [[1]]}",
                "{\"a\": [1, 2]}",
                "{\"a\": [\"1\"]}",
                "{\"a\": [1.0]}",
                "{\"a\\t[\\n/a/0\": 1}",
                "{\"a\": [], \"a/0\": 1}",
                "{\"a\": []}",
                "{}"
            })
    void digest_whateverDiffers_differs(String other) {
        assertNotEquals(RecordLines.digest(RecordLines.of("{\"a\": [1]}")), RecordLines.digest(RecordLines.of(other)));
    }

    /** Only the named facts may have any value, and none may be missing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"started\": [1]}",
                "{}",
                "{\"started\": 1, \"ended\": 1}",
                "{\"more\": {\"started\": 1}}",
                "{\"program\": {\"version\": 1}}"
            })
    void of_factsOfTime_keepTheirPlaces(String other) {
        assertEquals(RecordLines.of("{\"started\": 1}"), RecordLines.of("{\"started\": \"x\"}"));
        assertNotEquals(RecordLines.of("{\"started\": 1}"), RecordLines.of(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": 1, \"a\": 2}",
                "{\"a\": \"\\ud800\"}",
                "{\"\\udc00\": 1}",
                "{\"a\": NaN}",
                "{\"a\": 1} x"
            })
    void of_noRecord_isRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> RecordLines.of(text));
    }
}
