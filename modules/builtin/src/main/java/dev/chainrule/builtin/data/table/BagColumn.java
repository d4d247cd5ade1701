package dev.chainrule.builtin.data.table;

import dev.chainrule.api.error.InputException;
import dev.chainrule.builtin.data.Names;
import dev.chainrule.builtin.data.Unknown;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * A column whose cells have several names each: members of sets, or words.
 *
 * @param column whose form says which
 */
record BagColumn(CsvColumn column) {
    private ColumnForm form() {
        return column.form().orElseThrow();
    }

    private List<String> namesOf(int row) {
        return column.cells().isMissing(row, false)
                ? List.of()
                : form().names(column.cells().cell(row));
    }

    private int rows() {
        return column.cells().table().size();
    }

    /**
     * Return the most frequent names in the cells, as many as the form allows, by code point.
     *
     * @throws InputException if there are none
     */
    List<String> names() {
        Map<String, Integer> counts = new TreeMap<>();
        for (int row = 0; row < rows(); row++) {
            namesOf(row).forEach(each -> counts.merge(each, 1, Integer::sum));
        }
        if (counts.isEmpty()) {
            throw new InputException(
                            "column '" + column.name() + "' has no "
                                    + (form().as() == ColumnForm.Kind.WORDS ? "word" : "member") + " in any row",
                            "List the columns that have values with columns:.")
                    .inFile(column.cells().table().place());
        }
        List<String> common = Names.sorted(counts.keySet()).stream()
                .sorted(Comparator.comparing((String each) -> -counts.get(each)))
                .limit(form().mostNames())
                .toList();
        return Names.sorted(common);
    }

    /**
     * Return the names of each row.
     *
     * @param names those that are known. Unknown words are left out, and unknown members of sets unless they are an error.
     * @param refused receives a row with an unknown name, if it is not left out
     */
    Bags bags(List<String> names, BiConsumer<Integer, InputException> refused) {
        Map<String, Integer> known = Names.numbered(names);
        boolean leavesOut =
                form().as() == ColumnForm.Kind.WORDS || column.unknown().orElse(Unknown.ERROR) != Unknown.ERROR;
        Bags.Builder bags = new Bags.Builder(rows());
        for (int row = 0; row < rows(); row++) {
            List<String> own = namesOf(row);
            for (String each : own) {
                if (!leavesOut && !known.containsKey(each)) {
                    refused.accept(row, column.unknown(row, each, names));
                }
            }
            bags.add(own.stream().map(known::get));
        }
        return bags.build();
    }
}
