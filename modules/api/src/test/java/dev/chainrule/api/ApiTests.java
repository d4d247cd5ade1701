package dev.chainrule.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.math.Matrix;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Hold the types that plugins see to it that they can be used without others. */
class ApiTests {
    private static final int FEWEST_TYPES = 20;

    @Test
    void shownTypesOfMath_inTheirSignatures_nameOnlyShownOnes() throws ClassNotFoundException {
        Set<String> named = new TreeSet<>();
        for (String type : Api.MATH) {
            addNamed(Class.forName(Matrix.class.getPackageName() + "." + type), named);
        }
        assertTrue(named.size() >= FEWEST_TYPES, named::toString);
        assertEquals(Set.of(), hidden(named));
    }

    @Test
    void shows_typesOfPluginAuthors_andNoOthers() {
        assertTrue(Api.shows("dev.chainrule.api.Kink"));
        assertTrue(Api.shows("dev.chainrule.math.ThreadTeam$Task"));
        assertTrue(Api.shows("org.ejml.data.FMatrixRMaj"));
        assertFalse(Api.shows("dev.chainrule.math.MatrixLike"));
        assertFalse(Api.shows("dev.chainrule.math.kernel.vector.Matrix"));
        assertFalse(Api.shows("dev.chainrule.engine.Trainer"));
    }

    @Test
    void hides_classesThatAreThere_andNotShown() {
        assertTrue(Api.hides("dev.chainrule.math.kernel.KernelParts"));
        assertTrue(Api.hides("dev.chainrule.math.kernel.vector.Widths"));
        assertFalse(Api.hides("dev.chainrule.math.Matrix"));
        assertFalse(Api.hides("dev.chainrule.math.Nowhere"));
        assertFalse(Api.hides("org.yaml.snakeyaml.Yaml"));
    }

    private static Set<String> hidden(Set<String> named) {
        Set<String> hidden = new TreeSet<>(named);
        hidden.removeIf(name -> !name.startsWith("dev.chainrule.") || Api.shows(name));
        return hidden;
    }

    private static void addNamed(Class<?> type, Set<String> named) {
        Stream<Class<?>> above =
                Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()));
        Stream<Class<?>> methods = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> isOpen(method.getModifiers()))
                .flatMap(ApiTests::types);
        Stream<Class<?>> constructors = Arrays.stream(type.getDeclaredConstructors())
                .filter(constructor -> isOpen(constructor.getModifiers()))
                .map(Constructor::getParameterTypes)
                .flatMap(Arrays::stream);
        Stream.of(above, methods, constructors)
                .flatMap(all -> all)
                .map(ApiTests::element)
                .map(Class::getName)
                .forEach(named::add);
    }

    private static Stream<Class<?>> types(Method method) {
        return Stream.concat(Stream.of(method.getReturnType()), Arrays.stream(method.getParameterTypes()));
    }

    private static Class<?> element(Class<?> type) {
        return type.isArray() ? element(type.getComponentType()) : type;
    }

    private static boolean isOpen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }
}
