package dev.chainrule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The rule that no state of the program is static: two programs in one JVM do not know of each other.
 *
 * <p>Every static field is final, and so is every field of the objects that it refers to, directly or indirectly. Collections are
 * unmodifiable ones. A {@link ClassValue} is the cache of a function of classes, which always gives the same. That nobody writes
 * to an array cannot be seen here.
 */
final class StaticStateTests {
    private static final String OURS = "dev.chainrule.";
    private static final int FEWEST_FIELDS = 900;

    /** Fields that may change; each says why where it is declared. */
    private static final List<String> EXCEPTIONS = List.of(
            "builtin.data.mnist.Mirrors.unreachable",
            "engine.files.FolderLock.OURS",
            "math.kernel.vector.SeparateLoop.method");

    private static final Pattern UNMODIFIABLE =
            Pattern.compile("java\\.util\\.(ImmutableCollections|Collections\\$(Empty|Singleton|Unmodifiable)).*");
    /** Values of the JDK. */
    private static final Pattern VALUE = Pattern.compile(
            "java\\.lang\\.(Boolean|Character|Byte|Short|Integer|Long|Float|Double|String|Class|invoke\\..*)"
                    + "|java\\.(math|time)\\..*|java\\.net\\.URI|java\\.util\\.(Locale|HexFormat|OptionalInt|regex\\.Pattern)"
                    + "|sun\\.nio\\.(cs|fs)\\..*|jdk\\.incubator\\.vector\\..*");

    private final Set<String> changing = new TreeSet<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    @Test
    void staticFields_ofAllModules_doNotChange() throws IllegalAccessException {
        int count = 0;
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.chainrule")) {
            for (Field field : type.reflect().getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                    look(field, null);
                    count++;
                }
            }
        }
        assertEquals(String.join("\n", EXCEPTIONS), String.join("\n", changing));
        assertTrue(count >= FEWEST_FIELDS, "only " + count + " static fields were seen");
    }

    private void look(Field field, Object owner) throws IllegalAccessException {
        field.setAccessible(true);
        String name = field.getDeclaringClass().getName() + "." + field.getName();
        if (!Modifier.isFinal(field.getModifiers())) {
            changing.add(name.substring(OURS.length()));
            return;
        }
        List<Object> values = new ArrayList<>();
        values.add(field.get(owner));
        while (!values.isEmpty()) {
            Object value = values.remove(values.size() - 1);
            if (value == null || !seen.add(value)) {
                continue;
            }
            Class<?> type = value.getClass();
            if (value instanceof Object[] array) {
                values.addAll(Arrays.asList(array));
            } else if (value instanceof Optional<?> optional) {
                values.add(optional.orElse(null));
            } else if (value instanceof Map.Entry<?, ?> entry) {
                values.add(entry.getKey());
                values.add(entry.getValue());
            } else if (UNMODIFIABLE.matcher(type.getName()).matches()) {
                values.addAll(value instanceof Map<?, ?> map ? map.entrySet() : (Collection<?>) value);
            } else if (type.getName().startsWith(OURS)) {
                for (Class<?> part = type; part.getName().startsWith(OURS); part = part.getSuperclass()) {
                    for (Field inner : part.getDeclaredFields()) {
                        if (!Modifier.isStatic(inner.getModifiers())) {
                            look(inner, value);
                        }
                    }
                }
            } else if (!type.isArray()
                    && !type.isHidden()
                    && !(value instanceof System.Logger)
                    && !VALUE.matcher(type.getName()).matches()) {
                changing.add(name.substring(OURS.length()));
            }
        }
    }
}
