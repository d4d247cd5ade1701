package dev.chainrule.app.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.api.Kind;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.training.History;
import dev.chainrule.api.training.Progress;
import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.shell.Components;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.engine.files.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Compare schedules, as configs write them, with the computation of src/test/oracle/components.py.
 *
 * <p>The tolerance: a rate is a function of a dozen roundings of 1.1e-16 of numbers up to its largest rate, and the power of
 * {@code exponential} multiplies the rounding of its exponent by log 0.3·12 = 15. Hence 1e-12 of the largest rate.
 */
class ComponentOracleTests {
    private static final double TOLERANCE = 1e-12;
    private static final Map<?, ?> ORACLE = oracle();

    @Test
    void cases_all_holdEveryComponent() {
        assertComponents(Kind.SCHEDULE, of(ORACLE, "schedules", "rates").keySet(), "0.1");
    }

    /** Require that the cases, besides some, are every component of a kind. */
    private static void assertComponents(Kind kind, Set<?> cases, String... others) {
        TreeSet<String> names = new TreeSet<>();
        cases.forEach(yaml -> names.add(yaml.toString().replaceFirst("\\{type: ([a-z0-9_]+).*", "$1")));
        List.of(others).forEach(names::remove);
        assertEquals(new Components().builtIn().names(kind), List.copyOf(names));
    }

    @TestFactory
    Stream<DynamicTest> schedule_atEveryStep_isTheOracles() {
        Map<?, ?> run = of(ORACLE, "schedules");
        return of(run, "rates").entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.getKey().toString(),
                        () -> compareRates(
                                bind(Schedule.class, Kind.SCHEDULE, one.getKey()), numbers(one.getValue()))));
    }

    private static void compareRates(Schedule schedule, List<Double> expected) {
        Map<?, ?> run = of(ORACLE, "schedules");
        int perEpoch = (int) number(run.get("steps_per_epoch"));
        int epochs = (int) number(run.get("epochs"));
        List<Double> recorded = numbers(run.get("recorded"));
        assertEquals(perEpoch * epochs, expected.size());
        double largest = Collections.max(expected);
        for (int step = 0; step < expected.size(); step++) {
            History history = new Recorded(recorded.subList(0, step / perEpoch));
            double rate = schedule.rate(Progress.at(step, perEpoch, epochs, history));
            assertEquals(expected.get(step), rate, TOLERANCE * largest, "step " + step);
        }
    }

    /** The history of one metric, whatever its name. */
    private record Recorded(List<Double> recorded) implements History {
        @Override
        public Set<String> metrics() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Double> values(String metric) {
            return recorded;
        }
    }

    private static <T> T bind(Class<T> type, Kind kind, Object yaml) {
        return type.cast(new Binder(new Components().builtIn())
                .component(ConfigLoader.node(kind.label(), yaml.toString()), kind));
    }

    private static double number(Object json) {
        return ((Number) json).doubleValue();
    }

    private static List<Double> numbers(Object json) {
        return ((List<?>) json).stream().map(ComponentOracleTests::number).toList();
    }

    private static Map<?, ?> of(Map<?, ?> json, String... keys) {
        Map<?, ?> inner = json;
        for (String key : keys) {
            inner = (Map<?, ?>) inner.get(key);
        }
        return inner;
    }

    private static Map<?, ?> oracle() {
        try (InputStream in =
                Objects.requireNonNull(ComponentOracleTests.class.getResourceAsStream("/oracle/components.json"))) {
            return (Map<?, ?>) JsonReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
