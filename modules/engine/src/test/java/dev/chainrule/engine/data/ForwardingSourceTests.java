package dev.chainrule.engine.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.api.data.DataSource;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Test that no method of a source is forgotten: a default would answer for the other source. */
final class ForwardingSourceTests {
    @Test
    void methods_ofSources_areAllForwarded() {
        assertEquals(names(DataSource.class), names(ForwardingSource.class));
    }

    private static Set<String> names(Class<?> type) {
        Set<String> names = new TreeSet<>();
        Stream.of(type.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .forEach(names::add);
        return names;
    }
}
