package dev.chainrule.table;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Spellings of class numbers: 1, 1.0 and 01 are one class, represented by the shortest. Other names are unchanged. */
public final class Spellings {
    private static final Comparator<String> SHORTEST =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private Spellings() {}

    /** {@return the spelling that represents each name: a different one only if all names are numbers} */
    public static Map<String, String> of(Collection<String> names, NumberForm form) {
        Map<List<Object>, String> byValue = new LinkedHashMap<>();
        Map<String, String> called = new LinkedHashMap<>();
        boolean numbers = names.stream().allMatch(form::isNumber);
        for (String name : names) {
            if (numbers) {
                byValue.merge(value(name, form), name, Spellings::shorter);
            }
        }
        names.forEach(name -> called.put(name, numbers ? byValue.get(value(name, form)) : name));
        return called;
    }

    /** {@return the shorter of two spellings} */
    public static String shorter(String one, String other) {
        return SHORTEST.compare(one, other) <= 0 ? one : other;
    }

    /** Return a key that is equal for equal classes: zero has no sign here; 1 % and 1 $ are two classes. */
    private static List<Object> value(String name, NumberForm form) {
        return List.of(form.parse(name) + 0.0, form.unit(name));
    }
}
