package dev.chainrule.config.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Api;
import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.Initializer;
import dev.chainrule.api.Plugin;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.config.Problems;
import dev.chainrule.config.example.Example;
import dev.chainrule.config.plugin.FoundPlugin;
import dev.chainrule.config.plugin.PluginLoader;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RegistryBuilderTests {
    private static final Origin JAR = new Origin("mine", Optional.empty(), Optional.of(Path.of("mine.jar")));

    interface Declared extends Elementwise {
        @Override
        default double value(double z) {
            return z;
        }

        @Override
        default double derivative(double z, double a) {
            return 1;
        }
    }

    @Component("fine")
    @Doc("Fine.")
    record Fine(@Doc("Any.") @Default("1") double any) implements Declared {}

    record Nameless(@Doc("Any.") double any) implements Declared {}

    @Component("Bad-Name")
    @Doc("Doc.")
    record BadName() implements Declared {}

    @Component("nothing")
    @Doc("Doc.")
    record Nothing() {}

    @Component("both")
    @Doc("Doc.")
    record Both() implements Declared, Initializer {
        @Override
        public void fill(Matrix w, int fanIn, int fanOut, Draws draws) {
            throw new UnsupportedOperationException();
        }
    }

    @Component("undocumented")
    record Undocumented(double any) implements Declared {}

    @Component("odd")
    @Doc("Doc.")
    record OddType(@Doc("Any.") Map<Integer, Thread> any) implements Declared {}

    @Component("odd_nested")
    @Doc("Doc.")
    record OddNested(@Doc("Any.") List<Nested> any) implements Declared {
        record Nested(float value) {}
    }

    @Component("typed")
    @Doc("Doc.")
    record Typed(@Doc("Any.") String type) implements Declared {}

    @Component("faulty")
    @Doc("Doc.")
    record FaultyDefault(@Doc("Any.") @Default("one") double any) implements Declared {}

    @Component("refused")
    @Doc("Doc.")
    record RefusedDefault(@Doc("Any.") @Default("-1") double any) implements Declared {
        RefusedDefault {
            ParameterException.require(any >= 0, "any", any, "0 or more");
        }
    }

    @Component("round")
    @Doc("Doc.")
    record Round(@Doc("Any.") @Default("round") Activation any) implements Declared {}

    private record Plug(List<Class<? extends Record>> components) implements Plugin {
        @Override
        public int apiLevel() {
            return Api.LEVEL;
        }
    }

    private static List<String> register(List<Class<? extends Record>> types) {
        Problems problems = new Problems();
        PluginLoader.register(List.of(new FoundPlugin(new Plug(types), JAR)), problems);
        assertTrue(problems.sorted().stream()
                .allMatch(p -> p.mark().orElseThrow().toString().equals("mine.jar")));
        String prefix = RegistryBuilderTests.class.getName() + "$";
        return problems.sorted().stream()
                .map(p -> p.message().replace(prefix, ""))
                .toList();
    }

    private static void assertFault(String fault, Class<? extends Record> type) {
        assertEquals(
                List.of("component " + type.getSimpleName() + " of mine is declared incorrectly: " + fault),
                register(List.of(type)));
    }

    @Test
    void register_fine_isKnown() {
        Problems problems = new Problems();
        Registry registry =
                PluginLoader.register(List.of(new FoundPlugin(new Plug(List.of(Fine.class)), JAR)), problems);
        assertTrue(problems.isEmpty());
        assertEquals(JAR, registry.find(Fine.class).orElseThrow().origin());
        assertEquals(List.of("type", "any"), registry.all().get(0).keys());
    }

    @Test
    void register_faultyDeclaration_isRefusedWithReason() {
        assertFault("it has no @Component; it has no @Doc", Nameless.class);
        assertFault(
                "its name 'Bad-Name' does not consist of lower-case letters, digits and underscores", BadName.class);
        assertFault("it implements no extension point, such as Elementwise, LayerSpec or HookSpec", Nothing.class);
        assertFault("it implements several extension points, Activation and Initializer", Both.class);
        assertFault("it has no @Doc; its parameter any has no @Doc", Undocumented.class);
        assertFault(
                "its parameter any: parameters cannot have the type java.util.Map<java.lang.Integer, java.lang.Thread>",
                OddType.class);
        assertFault("its parameter value: parameters cannot have the type float", OddNested.class);
        assertFault("its parameter 'type' has the name of the key that selects components in YAML", Typed.class);
    }

    @Test
    void register_faultyDefault_isRefused() {
        String prefix = "the defaults of activation '%s' of mine are wrong: ";
        assertEquals(
                List.of(prefix.formatted("faulty") + "the default of any is 'one' ('one' is not a number)"),
                register(List.of(FaultyDefault.class)));
        assertEquals(List.of(prefix.formatted("refused") + "any is -1"), register(List.of(RefusedDefault.class)));
        assertEquals(
                List.of(prefix.formatted("round") + "the default of any contains itself"),
                register(List.of(Round.class)));
    }

    @Test
    void register_twice_namesBothOrigins() {
        Problems problems = new Problems();
        PluginLoader.register(
                List.of(
                        new FoundPlugin(new Plug(List.of(Fine.class)), Origin.BUILT_IN),
                        new FoundPlugin(new Plug(List.of(Fine.class)), JAR)),
                problems);
        assertEquals(
                "activation 'fine' exists twice: from built-in and from mine (mine.jar)",
                problems.sorted().get(0).message());
    }

    @Test
    void key_camelCase_isSnakeCase() {
        assertEquals("learning_rate", RecordParameter.key("learningRate"));
        assertEquals("beta1", RecordParameter.key("beta1"));
        assertEquals("l2_penalty", RecordParameter.key("l2Penalty"));
    }

    @Test
    void words_types_areUsersWords() {
        RecordType type = RecordType.of(Example.class);
        assertEquals(
                List.of(
                        "text",
                        "whole number",
                        "one of float32, float64",
                        "mapping with train, test, validation, transforms, batch_size",
                        "list of layers",
                        "loss",
                        "optimizer",
                        "mapping with epochs, shuffle",
                        "list of hooks",
                        "list of metrics",
                        "mapping of names to mappings with min, max"),
                type.parameters().stream().map(p -> p.type().words()).toList());
    }
}
