package dev.chainrule.engine.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A filter for the texts that a run writes into its files: names, warnings and reasons may contain a secret of the config. */
@FunctionalInterface
public interface TextFilter {
    /** A filter that lets everything through. */
    TextFilter NONE = (path, text) -> text;

    /**
     * Return a text as a file may contain it.
     *
     * @param path of the text in the file, such as {@code config.file}
     */
    String filter(String path, String text);

    /** Return a value with every text in it filtered. Hashes stay: they contain the letters of a secret by chance alone. */
    default Object filterAll(String path, Object value) {
        if (value instanceof Map<?, ?> map) {
            return filterAll(path, map);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(item -> filterAll(path, item)).toList();
        }
        return value instanceof String text ? filter(path, text) : value;
    }

    /** Return the same keys, in order, with every text below them filtered. */
    default Map<String, Object> filterAll(String path, Map<?, ?> map) {
        Map<String, Object> filtered = new LinkedHashMap<>();
        map.forEach((key, inner) -> {
            String name = (String) key;
            String below = path.isEmpty() ? name : path + "." + name;
            filtered.put(name, isHash(name) ? inner : filterAll(below, inner));
        });
        return filtered;
    }

    private static boolean isHash(String name) {
        return name.endsWith("sha256") || name.equals("hash") || name.equals("chain");
    }
}
