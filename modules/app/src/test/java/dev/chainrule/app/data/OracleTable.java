package dev.chainrule.app.data;

import dev.chainrule.engine.files.JsonReader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table of the oracle in {@code src/test/oracle/tables}, and the oracle's reading of it.
 *
 * @param kinds all that is special about it
 * @param bytes of the file
 * @param target the column to be learned
 * @param wrong why nothing can be read or learned; empty if something can
 * @param doubtful whether an error is right, too
 * @param columns the values of each column by row: all Double or all String, null for a missing one
 * @param inputs the columns to learn from
 * @param classes whether the target is a class
 * @param aloud columns that may be left out with a reason, since their numbers are not written plainly
 */
record OracleTable(
        long index,
        List<String> kinds,
        byte[] bytes,
        String target,
        Optional<String> wrong,
        boolean doubtful,
        Map<String, List<Object>> columns,
        List<String> inputs,
        boolean classes,
        List<String> aloud) {
    /** Parse a line that the oracle wrote. */
    static OracleTable parse(String line) {
        Map<?, ?> table = (Map<?, ?>) JsonReader.read(line);
        Map<String, List<Object>> columns = new LinkedHashMap<>();
        if (table.get("columns") instanceof Map<?, ?> all) {
            all.forEach((name, column) -> columns.put((String) name, values((Map<?, ?>) column)));
        }
        return new OracleTable(
                (Long) table.get("index"),
                texts(table.get("kinds")),
                Base64.getDecoder().decode((String) table.get("bytes")),
                (String) table.get("target"),
                Optional.ofNullable((String) table.get("wrong")),
                (Boolean) table.get("doubtful"),
                columns,
                texts(table.get("inputs")),
                Boolean.TRUE.equals(table.get("classes")),
                texts(table.get("aloud")));
    }

    private static List<Object> values(Map<?, ?> column) {
        List<Object> values = new ArrayList<>();
        if (column.get("names") instanceof List<?> names) {
            values.addAll(names);
        } else {
            ((List<?>) column.get("numbers"))
                    .forEach(number -> values.add(number == null ? null : number((String) number)));
        }
        return values;
    }

    private static Double number(String hexadecimal) {
        return hexadecimal.endsWith("inf")
                ? Double.parseDouble(hexadecimal.replace("inf", "Infinity"))
                : Double.valueOf(hexadecimal);
    }

    private static List<String> texts(Object list) {
        return list instanceof List<?> all
                ? all.stream().map(String.class::cast).toList()
                : List.of();
    }
}
