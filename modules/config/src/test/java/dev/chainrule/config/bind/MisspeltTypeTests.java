package dev.chainrule.config.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.config.ProblemPrinter;
import dev.chainrule.config.Problems;
import dev.chainrule.config.example.Example;
import dev.chainrule.config.example.ExamplePlugin;
import dev.chainrule.config.node.ConfigReader;
import org.junit.jupiter.api.Test;

final class MisspeltTypeTests {
    private static final String REST = """
            model: [ { type: dense, units: 3 } ]
            """;

    @Test
    void bind_misspeltType_pointsAtTheKeyAndSuggestsType() {
        assertEquals("""
                c.yaml:1:18: error: unknown key 'tpye'
                    1 | data: { train: { tpye: digits, count: 3 } }
                      |                  ^^^^
                   at data.train.tpye. Did you mean 'type'? It names the data source.

                1 error
                """, printed("data: { train: { tpye: digits, count: 3 } }\n" + REST));
    }

    /** Without {@code type} a part of the training data is meant; with something like it, a source. */
    @Test
    void bind_misspeltTypeOfAnAlternative_isTheOnlyProblem() {
        assertEquals("""
                c.yaml:1:48: error: unknown key 'typ'
                    1 | data: { train: digits, validation: { count: 3, typ: digits } }
                      |                                                ^^^
                   at data.validation.typ. Did you mean 'type'? It names the data source.

                1 error
                """, printed("data: { train: digits, validation: { count: 3, typ: digits } }\n" + REST));
    }

    @Test
    void bind_typeLeftOut_pointsAtTheMapping() {
        assertEquals("""
                c.yaml:1:9: error: missing key 'type', which names the data source
                    1 | data: { train: { count: 3 } }
                      |         ^^^^^
                   at data.train. Known: digits, inline, mnist.

                1 error
                """, printed("data: { train: { count: 3 } }\n" + REST));
    }

    private static String printed(String text) {
        Problems problems = new Problems();
        ConfigReader.read("c.yaml", text, problems)
                .ifPresent(node -> new Binder(ExamplePlugin.registry()).bind(node, Example.class, problems));
        return new ProblemPrinter(false).print(problems);
    }
}
