package dev.chainrule.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Texts for missing values that the user did not specify: the few cells that are not numbers in a column where nearly
 * all are, such as {@code #N/A}, unknown and inf. A number in another form, such as 1,234 among plain ones, has a
 * value.
 */
public final class OddCells {
    /** A column is one of numbers if this share of the cells with a value are. */
    private static final double NEARLY_ALL = 0.9;
    /** The most different texts: if there are more, they are names. */
    private static final int FEW = 10;

    private OddCells() {}

    /** {@return the texts by column; those that no column has as a name, for all columns} */
    public static MissingValues of(Table table) {
        Map<String, List<String>> odd = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>();
        Set<String> texts = new LinkedHashSet<>();
        for (Column column : table.columns()) {
            Column.Contents contents = column.contents();
            if (isNearlyNumbers(column, contents)) {
                odd.put(column.name(), column.others(FEW));
                texts.addAll(column.others(FEW));
            }
        }
        for (Column column : table.columns()) {
            if (!texts.isEmpty() && !odd.containsKey(column.name())) {
                column.cells().filter(texts::contains).forEach(names::add);
            }
        }
        List<String> everywhere =
                texts.stream().filter(text -> !names.contains(text)).toList();
        Map<String, List<String>> byColumn = new LinkedHashMap<>();
        odd.forEach((column, cells) -> {
            List<String> own = new ArrayList<>(cells);
            own.removeAll(everywhere);
            if (!own.isEmpty()) {
                byColumn.put(column, own);
            }
        });
        return new MissingValues(everywhere, byColumn);
    }

    private static boolean isNearlyNumbers(Column column, Column.Contents contents) {
        int present = contents.numbers() + contents.others();
        return contents.isMixed()
                && contents.numbers() >= NEARLY_ALL * present
                && column.others(FEW + 1).size() <= FEW
                && column.others(FEW).stream()
                        .allMatch(cell -> LookAlike.of(cell).isEmpty());
    }
}
