package dev.chainrule.table;

import java.util.Map;
import java.util.Optional;

/** Advice on cells that are numbers in another form than the table's format. */
public final class OtherForm {
    /** A column counts as numbers if this share of its cells look like them. */
    private static final double USUAL = 0.9;

    private OtherForm() {}

    /** {@return the settings with which a cell is read as a number; empty if it looks like a name} */
    public static Optional<String> advice(String cell) {
        return LookAlike.of(cell).map(OtherForm::advice);
    }

    /** {@return whether nearly all cells that have a value look like numbers in another form} */
    public static boolean isUsual(Column column) {
        long alike = 0;
        long present = 0;
        for (Map.Entry<String, Integer> each : column.counts().entrySet()) {
            if (!MissingValues.isWord(each.getKey())) {
                present += each.getValue();
                alike += LookAlike.of(each.getKey()).isPresent() ? each.getValue() : 0;
            }
        }
        return present > 0 && alike >= USUAL * present;
    }

    /** {@return whether some cells are numbers, and all others that have a value look like numbers in another form} */
    public static boolean areTheOthers(Column column) {
        return column.contents().isMixed()
                && column.others(Integer.MAX_VALUE).stream()
                        .allMatch(cell -> LookAlike.of(cell).isPresent());
    }

    private static String advice(LookAlike cell) {
        StringBuilder keys = new StringBuilder();
        cell.decimal()
                .filter(mark -> mark != '.')
                .ifPresent(mark -> keys.append("decimal: \"").append(mark).append('"'));
        cell.thousands().ifPresent(mark -> {
            keys.append(keys.isEmpty() ? "" : ", ")
                    .append("thousands: \"")
                    .append(mark)
                    .append('"');
        });
        if (!cell.unit().isEmpty()) {
            keys.append(keys.isEmpty() ? "" : ", ")
                    .append("units: [ \"")
                    .append(cell.unit())
                    .append("\" ]");
        }
        if (cell.ambiguous()) {
            return "Its separator may be the decimal or the thousands separator: add decimal: or thousands: with it.";
        }
        return keys.isEmpty() ? "Write numbers such as 1234.5." : "To read such cells as numbers, write " + keys + ".";
    }
}
