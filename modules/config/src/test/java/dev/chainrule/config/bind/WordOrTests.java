package dev.chainrule.config.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.value.WordOr;
import dev.chainrule.config.Problems;
import dev.chainrule.config.example.ExamplePlugin;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.registry.RecordType;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.config.registry.ValueType;
import dev.chainrule.config.schema.JsonSchema;
import dev.chainrule.config.write.ResolvedYaml;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are written as a word, or as a list or mapping. */
final class WordOrTests {
    private static final Registry REGISTRY = ExamplePlugin.registry();

    /** The words of the tests. */
    enum Word {
        ALL,
        NO_MORE
    }

    /** A record within. */
    record Range(int from, int to) {}

    /** Every longer form. */
    record Root(
            WordOr<Word, Map<String, Double>> weights,
            Optional<WordOr<Word, List<String>>> columns,
            Optional<WordOr<Word, Range>> rows) {}

    /** A longer form that is a scalar, which no word can be told from. */
    record Ambiguous(WordOr<Word, Integer> count) {}

    private static ConfigNode node(String yaml) {
        Problems problems = new Problems();
        ConfigNode node = ConfigReader.read("t.yaml", yaml, problems).orElseThrow();
        problems.throwIfErrors();
        return node;
    }

    private static Root bind(String yaml) {
        return new Binder(REGISTRY).bind(node(yaml), Root.class).value();
    }

    @Test
    void bind_word_isTheConstant() {
        assertEquals(
                new Root(
                        WordOr.ofWord(Word.ALL),
                        Optional.of(WordOr.ofWord(Word.NO_MORE)),
                        Optional.of(WordOr.ofWord(Word.ALL))),
                bind("{ weights: all, columns: no_more, rows: 'all' }"));
    }

    @Test
    void bind_longerForm_isTheValue() {
        assertEquals(
                new Root(
                        WordOr.ofValue(Map.of("a", 1.0, "1", 0.5)),
                        Optional.of(WordOr.ofValue(List.of("x", "all"))),
                        Optional.of(WordOr.ofValue(new Range(1, 3)))),
                bind("{ weights: { a: 1, 1: 1/2 }, columns: [ x, all ], rows: { from: 1, to: 3 } }"));
        assertEquals(Optional.empty(), bind("{ weights: {}, columns: ~ }").columns());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ weights: all, columns: no_more }",
                "{ weights: { a: 1, b: 30 }, columns: [ x, all ], rows: { from: 1, to: 3 } }"
            })
    void write_each_isBoundAgain(String yaml) {
        Root root = bind(yaml);
        assertEquals(root, bind(ResolvedYaml.write(root)));
    }

    @Test
    void bind_whatIsNeither_saysBoth() {
        Problems problems = new Problems();
        String yaml = "{ weights: al, columns: { a: 1 }, rows: [ 1, 3 ] }";
        assertTrue(new Binder(REGISTRY).bind(node(yaml), Root.class, problems).isEmpty());
        assertEquals(
                List.of(
                        "weights: 'al' is not allowed here [Did you mean 'all'? Allowed: all, no_more, or a mapping of names to"
                                + " numbers.]",
                        "columns: a mapping where all, no_more, or a list of texts is required []",
                        "rows: a list where all, no_more, or a mapping with from, to is required []"),
                problems.sorted().stream()
                        .map(p -> p.path() + ": " + p.message() + " " + p.notes())
                        .toList());
    }

    @Test
    void bind_wrongValueWithin_isReportedThere() {
        Problems problems = new Problems();
        assertTrue(new Binder(REGISTRY)
                .bind(node("{ weights: { a: much } }"), Root.class, problems)
                .isEmpty());
        assertEquals("weights.a", problems.sorted().get(0).path());
    }

    @Test
    void schema_hasBothForms() {
        Map<?, ?> schema = JsonSchema.of(REGISTRY, Root.class, Map.of());
        Map<?, ?> root = (Map<?, ?>) ((Map<?, ?>) schema.get("definitions")).get("root");
        Map<?, ?> weights = (Map<?, ?>) ((Map<?, ?>) root.get("properties")).get("weights");
        List<?> forms = (List<?>) weights.get("anyOf");
        assertEquals(2, forms.size());
        assertTrue(forms.get(0).toString().contains("enum=[all, no_more]"), forms.toString());
        assertTrue(forms.get(1).toString().contains("type=object"), forms.toString());
    }

    @Test
    void type_ofAScalarAsLongerForm_isRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> RecordType.of(Ambiguous.class))
                .getMessage();
        assertTrue(message.contains("parameters cannot have the type"), message);
        assertEquals(
                "all, no_more, or mapping of names to numbers",
                RecordType.of(Root.class).parameters().get(0).type().words());
        assertTrue(RecordType.of(Root.class).parameters().get(0).type() instanceof ValueType.WordOr);
    }
}
