package dev.chainrule.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The most likely form of a table's numbers. One form is used for all columns, since one program wrote the file: a mark
 * with only one possible reading, such as the comma of 0,5, decides for those with two, such as 1,234.
 */
public final class NumberGuess {
    private final Set<Character> decimals = new TreeSet<>();
    private final Set<Character> thousands = new TreeSet<>();
    /** Marks that may be either. */
    private final Set<Character> ambiguous = new TreeSet<>();

    private final Set<String> units = new TreeSet<>();

    private NumberGuess() {}

    /** {@return the form of the table's numbers; {@link NumberForm#PLAIN} if nothing else is certain} */
    public static NumberForm of(Table table) {
        NumberGuess guess = new NumberGuess();
        List<Column> others = new ArrayList<>();
        for (Column column : table.columns()) {
            if (column.contents().isNumbers()) {
                guess.lookAtPoints(column);
            } else if (OtherForm.isUsual(column)) {
                others.add(column);
            }
        }
        others.forEach(column -> column.cells().distinct().forEach(guess::look));
        return guess.form();
    }

    /** Classify points: that of 9.18 begins a fraction; that of 9.182 may separate thousands. */
    private void lookAtPoints(Column column) {
        boolean fraction = column.cells()
                .filter(cell -> cell.indexOf('.') >= 0)
                .anyMatch(
                        cell -> LookAlike.of(cell).filter(LookAlike::ambiguous).isEmpty());
        if (fraction) {
            decimals.add('.');
        } else if (column.cells().anyMatch(cell -> cell.indexOf('.') >= 0)) {
            ambiguous.add('.');
        }
    }

    private void look(String cell) {
        Optional<LookAlike> alike = LookAlike.of(cell);
        if (alike.isPresent()) {
            alike.get().decimal().ifPresent(decimals::add);
            alike.get().thousands().ifPresent(thousands::add);
            if (alike.get().ambiguous()) {
                ambiguous.add(cell.indexOf('.') >= 0 ? '.' : ',');
            }
            if (!alike.get().unit().isEmpty()) {
                units.add(alike.get().unit());
            }
        }
    }

    private NumberForm form() {
        if (decimals.size() == 1) {
            // The mark before fractions is known, so the other one separates thousands.
            ambiguous.stream().filter(mark -> !decimals.contains(mark)).forEach(thousands::add);
        }
        boolean clear = decimals.size() <= 1
                && thousands.size() <= 1
                && decimals.stream().noneMatch(thousands::contains);
        if (!clear) {
            return new NumberForm('.', (char) 0, List.copyOf(units));
        }
        char group = thousands.isEmpty() ? (char) 0 : thousands.iterator().next();
        char decimal = decimals.isEmpty()
                ? group == '.' ? ',' : '.'
                : decimals.iterator().next();
        return new NumberForm(decimal, group, List.copyOf(units));
    }
}
