package dev.chainrule.builtin.data;

import dev.chainrule.api.error.NameLists;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names of classes and categories: their order and numbers. */
public final class Names {
    /** Order by code point; String's own order is that of UTF-16, which puts U+10000 before U+FFFF. */
    private static final Comparator<String> ORDER =
            (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

    private Names() {}

    /** Return the different names, sorted by code point. */
    public static List<String> sorted(Collection<String> names) {
        return names.stream().distinct().sorted(ORDER).toList();
    }

    /** Return the number of each name: its place in the list. */
    public static Map<String, Integer> numbered(List<String> names) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (String name : names) {
            numbers.put(name, numbers.size());
        }
        return numbers;
    }

    /** Return names for a message, truncated if there are many. */
    public static String list(List<String> names) {
        return NameLists.shown(names);
    }
}
