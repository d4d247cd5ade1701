package dev.chainrule.config.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.config.Problems;
import dev.chainrule.config.example.ExamplePlugin;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.registry.RecordType;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.config.write.ResolvedYaml;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OneOrMoreTests {
    private static final Registry REGISTRY = ExamplePlugin.registry();

    /** Every type of item. */
    record Root(OneOrMore<String> from, Optional<OneOrMore<Integer>> sizes) {}

    /** Items that are no scalars. */
    record Nested(OneOrMore<Map<String, Integer>> maps) {}

    private static ConfigNode node(String yaml) {
        return ConfigReader.read("t.yaml", yaml, new Problems()).orElseThrow();
    }

    private static Root bind(String yaml) {
        return new Binder(REGISTRY).bind(node(yaml), Root.class).value();
    }

    @Test
    void bind_oneOrSeveral_isAList() {
        assertEquals(
                new Root(new OneOrMore<>(List.of("a")), Optional.of(new OneOrMore<>(List.of(3, 4)))),
                bind("{ from: a, sizes: [ 3, 4 ] }"));
        assertEquals(
                new Root(new OneOrMore<>(List.of("a", "b")), Optional.of(new OneOrMore<>(List.of(3)))),
                bind("{ from: [ a, b ], sizes: 3 }"));
        assertEquals(Optional.empty(), bind("{ from: [ a ] }").sizes());
    }

    @Test
    void write_oneOrSeveral_bindsToTheSame() {
        for (String yaml : List.of("{ from: a, sizes: [ 3, 4 ] }", "{ from: [ a, b ], sizes: 3 }")) {
            Root root = bind(yaml);
            assertEquals(root, bind(ResolvedYaml.write(root)));
        }
        assertEquals("from: a\n", ResolvedYaml.write(bind("{ from: [ a ] }")));
    }

    @Test
    void bind_whatIsNeither_saysBoth() {
        Problems problems = new Problems();
        String yaml = "{ from: { a: 1 }, sizes: [ 3, many ] }";
        assertTrue(new Binder(REGISTRY).bind(node(yaml), Root.class, problems).isEmpty());
        assertEquals(
                List.of(
                        "from: a mapping where text or a list of texts is required",
                        "sizes[1]: 'many' is not a whole number"),
                problems.sorted().stream()
                        .map(p -> p.path() + ": " + p.message())
                        .toList());
    }

    @Test
    void type_ofItemsThatAreNoScalars_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> RecordType.of(Nested.class));
    }
}
