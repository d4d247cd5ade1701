package dev.chainrule.config.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Default;
import dev.chainrule.api.Initializer;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Inline;
import dev.chainrule.api.value.Span;
import dev.chainrule.config.ConfigException;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.config.example.Example;
import dev.chainrule.config.example.ExamplePlugin;
import dev.chainrule.config.example.Layers;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.math.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BinderTests {
    private static final Registry REGISTRY = ExamplePlugin.registry();
    private static final String SMALL = "data: { train: digits }\nmodel: [ { type: dense, units: 10 } ]\n";

    record Scalars(int i, long l, double d, boolean b, String s, Precision p, Span every) {}

    record Boxes(Optional<Integer> i, Optional<Double> d, Optional<String> s, Optional<List<Boolean>> flags) {}

    record Lists(List<List<Double>> rows, Map<String, Integer> counts) {}

    record Components(Activation activation, Initializer weights, Schedule rate) {}

    record Named(@Inline Activation activation, Optional<String> name) {}

    record NamedOrNot(
            @Inline Optional<Activation> activation,
            @Default("3") int count) {}

    record NamedByDefault(
            @Inline @Default("relu") Activation activation,
            @Default("3") int count) {}

    record FaultyDefaults(@Default("ten") int count) {}

    private static ConfigNode node(String yaml) {
        Problems problems = new Problems();
        ConfigNode node = ConfigReader.read("t.yaml", yaml, problems).orElseThrow();
        problems.throwIfErrors();
        return node;
    }

    private static <T extends Record> T bind(String yaml, Class<T> type) {
        return new Binder(REGISTRY).bind(node(yaml), type).value();
    }

    private static List<String> messages(String yaml, Class<? extends Record> type) {
        Problems problems = new Problems();
        assertTrue(new Binder(REGISTRY).bind(node(yaml), type, problems).isEmpty());
        return problems.sorted().stream()
                .map(p -> p.path() + ": " + p.message())
                .toList();
    }

    @Test
    void bind_scalars_areTyped() {
        assertEquals(
                new Scalars(-3, 1L << 40, 0.5, true, "1.0", Precision.FLOAT64, new Span(5, Span.Unit.EPOCHS)),
                bind(
                        "{ i: -3, l: 1099511627776, d: 1/2, b: true, s: 1.0, p: float64, every: 5 epochs }",
                        Scalars.class));
    }

    @Test
    void bind_plainTextForString_isTakenAsWritten() {
        for (String text : List.of("010", "yes", "0x1F", "2026-01-01", "1:30", ".nan")) {
            String yaml = "{ i: 1, l: 1, d: 1, b: true, p: float32, every: 1 step, s: " + text + " }";
            assertEquals(text, bind(yaml, Scalars.class).s());
        }
    }

    @Test
    void bind_optionals_areEmptyWhenLeftOutOrNull() {
        assertEquals(
                new Boxes(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                bind("{}", Boxes.class));
        assertEquals(
                new Boxes(Optional.empty(), Optional.of(2.0), Optional.of("null"), Optional.of(List.of(true, false))),
                bind("{ i: ~, d: 2, s: 'null', flags: [true, false] }", Boxes.class));
    }

    @Test
    void bind_listsAndMaps_keepOrderAndAreUnmodifiable() {
        Lists lists = bind("{ rows: [[1, 2], []], counts: { z: 1, a: 2 } }", Lists.class);
        assertEquals(List.of(List.of(1.0, 2.0), List.of()), lists.rows());
        assertEquals(List.of("z", "a"), new ArrayList<>(lists.counts().keySet()));
        assertThrows(UnsupportedOperationException.class, () -> lists.rows().add(List.of()));
        assertThrows(UnsupportedOperationException.class, () -> lists.counts().put("b", 3));
    }

    @Test
    void bind_componentForms_areTheSame() {
        Components mappings = bind(
                "{ activation: { type: swish }, weights: { type: constant, value: 0.1 }, rate: { type: constant, value: 1e-3 } }",
                Components.class);
        assertEquals(mappings, bind("{ activation: swish, weights: 0.1, rate: 1/1000 }", Components.class));
        assertEquals(
                mappings, bind("{ activation: { type: swish, beta: 1 }, weights: .1, rate: 0.001 }", Components.class));
    }

    @Test
    void bind_direct_splitsKeys() {
        Named named = bind("{ type: swish, beta: 2, name: first }", Named.class);
        assertEquals(Optional.of("first"), named.name());
        assertEquals(
                bind("{ activation: { type: swish, beta: 2 }, weights: 0, rate: 0 }", Components.class)
                        .activation(),
                named.activation());
        assertEquals(new Named(named.activation(), Optional.empty()), bind("{ type: swish, beta: 2 }", Named.class));
    }

    @Test
    void bind_optionalDirect_isAnAlternative() {
        assertEquals(new NamedOrNot(Optional.empty(), 5), bind("{ count: 5 }", NamedOrNot.class));
        assertEquals(
                bind("{ type: swish, beta: 2 }", Named.class).activation(),
                bind("{ type: swish, beta: 2 }", NamedOrNot.class).activation().orElseThrow());
    }

    @Test
    void bind_keyThatRecordAndOptionalDirectTake_isTheComponents() {
        Example.HeldOut part = bind("{ count: 5 }", Example.HeldOut.class);
        assertEquals(Optional.of(5), part.count());
        Example.HeldOut source = bind("{ type: digits, count: 5 }", Example.HeldOut.class);
        assertEquals(Optional.empty(), source.count());
        assertEquals("Digits[count=5]", source.source().orElseThrow().toString());
    }

    @Test
    void bind_directWithDefault_hasDefaultWithoutType() {
        assertEquals(bind("{ type: relu }", NamedByDefault.class), bind("{}", NamedByDefault.class));
    }

    @Test
    void bind_bareNameForDirect_isTheComponent() {
        Example example = bind("data: { train: digits, validation: digits }\nmodel: [ dropout ]\n", Example.class);
        assertEquals(
                example.data().train(),
                example.data().validation().orElseThrow().source().orElseThrow());
        assertEquals(Optional.empty(), example.model().get(0).name());
    }

    @Test
    void bind_defaults_areFilledIn() {
        Example example = bind(SMALL, Example.class);
        assertEquals("unnamed", example.name());
        assertEquals(Precision.FLOAT32, example.precision());
        assertEquals(64, example.data().batchSize());
        assertEquals(new Example.Training(1, true), example.training());
        assertEquals(1, example.hooks().size());
        assertEquals(Map.of(), example.expect());
    }

    @Test
    void bind_choiceNamedTrue_isTheChoice() {
        Example example = bind(SMALL.replace("units: 10", "units: 10, trainable: biases"), Example.class);
        assertEquals("BIASES", example.model().get(0).spec().toString().replaceAll(".*trainable=(\\w+).*", "$1"));
        assertEquals(4, Layers.Trainable.values().length);
    }

    @Test
    void bind_severalMistakes_areAllFound() {
        assertEquals(
                List.of(
                                "i: 'x' is not a whole number",
                                "d: 'y' is not a number",
                                "bb: unknown key 'bb'",
                                ": missing key 'every'",
                                ": missing key 'p'",
                                ": missing key 's'")
                        .stream()
                        .sorted()
                        .toList(),
                messages("{ i: x, l: 3, d: y, bb: true }", Scalars.class).stream()
                        .sorted()
                        .toList());
    }

    @Test
    void bind_wrongItems_areNamedByPosition() {
        assertEquals(
                List.of(
                        "rows[0][1]: 'b' is not a number",
                        "rows[1]: '3' where a list of numbers is required",
                        "counts.k: '1.5' is not a whole number"),
                messages("{ rows: [[1, b], 3], counts: { k: 1.5 } }", Lists.class));
    }

    @Test
    void bind_faultyDefault_blamesThePlugin() {
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> bind("{}", FaultyDefaults.class));
        assertEquals("the default of count is 'ten' ('ten' is not a whole number)", e.getMessage());
    }

    @Test
    void bind_errors_throwAllTogether() {
        ConfigException e = assertThrows(ConfigException.class, () -> bind("{ i: x }", Scalars.class));
        assertEquals(7, e.problems().sorted().size());
    }

    @Test
    void bind_crash_keepsCauseForTheLog() {
        Problems problems = new Problems();
        new Binder(REGISTRY)
                .bind(
                        node("data: { train: digits }\nmodel: [ { type: fragile, how: 'null' } ]"),
                        Example.class,
                        problems);
        Problem problem = problems.sorted().get(0);
        assertSame(NullPointerException.class, problem.cause().orElseThrow().getClass());
    }

    @Test
    void locations_written_pointAtValues() {
        Locations locations = new Binder(REGISTRY)
                .bind(
                        node("data:\n  train: digits\nmodel:\n  - { type: dense, units: 10, name: out }\n"),
                        Example.class)
                .locations();
        assertEquals("t.yaml:4:27", locations.nearest("model[0].units").toString());
        assertEquals("t.yaml:4:13", locations.nearest("model[0]").toString());
        assertEquals("t.yaml:2:10", locations.nearest("data.train").toString());
        assertEquals("t.yaml:1:1", locations.nearest("data").toString());
        assertEquals("t.yaml:4:37", locations.nearest("model[0].name").toString());
    }

    @Test
    void locations_onlyByDefault_pointAtWhatIsAround() {
        Locations locations =
                new Binder(REGISTRY).bind(node(SMALL), Example.class).locations();
        assertEquals("t.yaml:2:18", locations.nearest("model[0].weights.sigma").toString());
        assertEquals("t.yaml:1:1", locations.nearest("data.transforms[3].by").toString());
        assertEquals("t.yaml", locations.nearest("hooks[0]").toString());
        assertEquals("t.yaml", locations.nearest("").toString());
        assertTrue(locations.find("hooks[0]").isEmpty());
    }

    @Test
    void problemAt_configPath_pointsThere() {
        Locations locations =
                new Binder(REGISTRY).bind(node(SMALL), Example.class).locations();
        InputException e = new InputException("input is [64]", "Flatten it.")
                .atConfig("units")
                .below("model[0]");
        Problem problem = Locations.problemAt(e, locations);
        assertEquals("t.yaml:2:32", problem.mark().orElseThrow().toString());
        assertEquals("model[0].units", problem.path());
        assertEquals("input is [64]", problem.message());
        assertEquals(List.of("Flatten it."), problem.notes());
    }

    @Test
    void problemAt_file_pointsAtFileAndSaysWhoAsked() {
        Locations locations =
                new Binder(REGISTRY).bind(node(SMALL), Example.class).locations();
        InputException e = new InputException("7 cells").inFile("train.csv:14").atConfig("data.train");
        Problem problem = Locations.problemAt(e, locations);
        assertEquals("train.csv:14", problem.mark().orElseThrow().toString());
        assertEquals("data.train of t.yaml:1:16", problem.path());
    }

    @Test
    void problemAt_noPlace_hasNoMark() {
        Locations locations =
                new Binder(REGISTRY).bind(node(SMALL), Example.class).locations();
        assertTrue(
                Locations.problemAt(new InputException("no"), locations).mark().isEmpty());
    }
}
