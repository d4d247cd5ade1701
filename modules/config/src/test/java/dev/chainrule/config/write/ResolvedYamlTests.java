package dev.chainrule.config.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.config.GoldenFile;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.example.Example;
import dev.chainrule.config.example.ExamplePlugin;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.registry.Registry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ResolvedYamlTests {
    private static final Registry REGISTRY = ExamplePlugin.registry();

    record Texts(List<String> texts, Map<String, String> byName) {}

    record Reals(List<Double> values) {}

    private static <T extends Record> T bind(String yaml, Class<T> type) {
        Problems problems = new Problems();
        ConfigNode node = ConfigReader.read("t.yaml", yaml, problems).orElseThrow(() -> new AssertionError(yaml));
        problems.throwIfErrors();
        return new Binder(REGISTRY).bind(node, type).value();
    }

    private static void assertReadsBack(Record record) {
        String yaml = ResolvedYaml.write(record);
        Record again = bind(yaml, record.getClass());
        assertEquals(record, again, yaml);
        assertEquals(yaml, ResolvedYaml.write(again));
    }

    @Test
    void write_smallConfig_fillsInEveryDefault() throws IOException {
        Example example = bind("data: { train: digits }\nmodel: [ { type: dense, units: 10 } ]\n", Example.class);
        GoldenFile.check(GoldenFile.at("golden/resolved/small.yaml"), ResolvedYaml.write(example));
        assertReadsBack(example);
    }

    @Test
    void write_fullConfig_looksAsGoldenFile() throws IOException {
        Example example = bind("""
                name: "yes: no"
                seed: -9223372036854775808
                precision: float64
                data:
                  train: { type: inline, columns: [a, "1", on], rows: [[1, 2e-9, -0], [1/3, 1e300, 4]], form: one_hot }
                  test: { type: mnist, split: test, directory: /data/mnist, fallback: { type: digits, count: 5 } }
                  validation: { count: 7, fraction: ~ }
                  transforms: [ { type: scale, by: 1/255 } ]
                model:
                  - { type: dense, units: 3, regularizer: { type: l2, lambda: 5 }, trainable: false, name: first }
                  - { type: dense, units: 3, weights: { type: values, rows: [[1, 2, 3], [4, 5, 6]] }, activation: { type: swish, beta: 2 } }
                  - { type: pool, window_size: [3, 3] }
                optimizer: { type: adam, learning_rate: { type: warmup, steps: 10, then: { type: cosine, from: 0.1 } } }
                hooks: [ { type: checkpoint, every: 200 steps, keep: ~ } ]
                metrics: []
                expect: { test.accuracy: { min: 0.97 }, loss: {} }
                """, Example.class);
        GoldenFile.check(GoldenFile.at("golden/resolved/full.yaml"), ResolvedYaml.write(example));
        assertReadsBack(example);
    }

    @Test
    void write_optionalDirectPresent_isFlattened() {
        Example example = bind(
                "data: { train: digits, validation: { type: mnist, split: test } }\nmodel: [ dropout ]\n",
                Example.class);
        assertReadsBack(example);
    }

    @Test
    void write_keyThatRecordAndComponentTake_isTheComponents() {
        Example example = bind(
                "data: { train: digits, validation: { type: digits, count: 5 } }\nmodel: [ dropout ]\n", Example.class);
        assertTrue(ResolvedYaml.write(example).contains("validation: { type: digits, count: 5 }"));
        assertReadsBack(example);
    }

    @Test
    void write_nothingGiven_isEmptyMapping() {
        assertEquals("{}\n", ResolvedYaml.write(new Example.Expectation(Optional.empty(), Optional.empty())));
    }

    @Test
    void write_textsThatLookLikeSomethingElse_readBack() {
        List<String> texts = List.of(
                "",
                " ",
                "null",
                "~",
                "true",
                "No",
                "1",
                "1e3",
                "0x1F",
                "-",
                "- a",
                "a: b",
                "a #b",
                "#",
                "&a",
                "*a",
                "!a",
                "|",
                ">",
                "'",
                "\"",
                "\\",
                "%",
                "@",
                "`",
                "{",
                "[a",
                "a,b",
                "a\nb",
                "\ta",
                "a\u0085b",
                "a\u2028b",
                "\ufeff",
                "é",
                "名前",
                "😀",
                "---",
                "...",
                "<<",
                "=",
                "?",
                ":",
                "a:",
                "2026-01-01",
                "1:30",
                "\u0007",
                "/a/b",
                "./a");
        Map<String, String> byName =
                texts.stream().collect(Collectors.toMap(t -> t, t -> t, (a, b) -> a, LinkedHashMap::new));
        assertReadsBack(new Texts(texts, byName));
        assertTrue(ResolvedYaml.write(new Texts(List.of("a b", "/a/b.csv", "on"), Map.of()))
                .contains("[a b, /a/b.csv, \"on\"]"));
    }

    @Test
    void write_longText_readsBack() {
        assertReadsBack(new Texts(List.of("word ".repeat(50_000) + "end"), Map.of()));
    }

    @Test
    void write_randomTexts_readBack() {
        Random random = new Random(1);
        String alphabet = "ab1.0-_:#,[]{}&*!|>'\"%@`? \n\t\\~é\u2028😀";
        int[] letters = alphabet.codePoints().toArray();
        int cases = 0;
        for (int i = 0; i < 500; i++) {
            Map<String, String> byName = new LinkedHashMap<>();
            List<String> texts = new ArrayList<>();
            for (int j = 0; j < 5; j++) {
                StringBuilder text = new StringBuilder();
                random.ints(random.nextInt(60), 0, letters.length).forEach(k -> text.appendCodePoint(letters[k]));
                texts.add(text.toString());
                byName.put(text.toString(), text.reverse().toString());
            }
            assertReadsBack(new Texts(texts, byName));
            cases++;
        }
        assertEquals(500, cases);
    }

    @Test
    void write_randomNumbers_readBackToTheBit() {
        Random random = new Random(2);
        List<Double> values = new ArrayList<>(List.of(0.0, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 0.1, 1e15, 1e-5));
        while (values.size() < 2000) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                values.add(value);
            }
        }
        assertReadsBack(new Reals(values));
    }

    @Test
    void write_randomConfigs_readBack() {
        Random random = new Random(3);
        List<String> layers = List.of(
                "dropout",
                "{ type: dropout, rate: 0.25, name: 'd 1' }",
                "{ type: dense, units: 7, activation: swish }",
                "{ type: dense, units: 9, weights: 0.5, trainable: weights, regularizer: { type: l2, lambda: 1e-7 } }",
                "pool",
                "fragile");
        List<String> tops = List.of(
                "name: x\n",
                "seed: 3\n",
                "optimizer: { type: sgd, learning_rate: 3, momentum: 9/10 }\n",
                "optimizer: { type: sgd, learning_rate: { type: cosine, from: 1, to: 1e-9 } }\n",
                "hooks: []\n",
                "hooks: [ progress, { type: checkpoint, keep: 1 }, { type: checkpoint, every: 1 step, keep: null } ]\n",
                "training: { epochs: 12, shuffle: false }\n",
                "expect: { a: { max: 3 }, 'b c': { min: -1 } }\n");
        for (int i = 0; i < 300; i++) {
            StringBuilder yaml = new StringBuilder("data: { train: digits }\nmodel:\n");
            int depth = 1 + random.nextInt(6);
            for (int j = 0; j < depth; j++) {
                yaml.append("  - ")
                        .append(layers.get(random.nextInt(layers.size())))
                        .append('\n');
            }
            Map<String, String> chosen = new LinkedHashMap<>();
            tops.stream()
                    .filter(top -> random.nextBoolean())
                    .forEach(top -> chosen.put(top.replaceAll(":(?s).*", ""), top));
            chosen.values().forEach(yaml::append);
            assertReadsBack(bind(yaml.toString(), Example.class));
        }
    }
}
