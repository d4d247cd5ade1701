package dev.chainrule.builtin.data.table;

import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.data.CsvCells;
import dev.chainrule.builtin.data.Names;
import dev.chainrule.builtin.data.Unknown;
import dev.chainrule.builtin.data.picture.ColumnPictures;
import dev.chainrule.builtin.data.picture.PictureColumn;
import dev.chainrule.table.Table;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The examples of a table: to learn or to measure, or to predict.
 *
 * @param all the use of all rows
 */
record CsvExamples(CsvSource source, CsvUse all, DataContext context) {
    /** Return rows to train on or to measure: none may be unusable, except that a row without its picture may be left out. */
    DataSource learned() {
        CsvUse complete = source.missing() == Missing.ERROR ? all : all.complete();
        ColumnPictures every = pictures(complete.table());
        SortedMap<Integer, String> broken = every.unusable();
        if (broken.size() == complete.table().size()) {
            throw none(broken);
        }
        CsvUse use = broken.isEmpty() ? complete : complete.of(complete.table().where(row -> !broken.containsKey(row)));
        ColumnPictures pictures = broken.isEmpty() ? every : every.where(row -> !broken.containsKey(row));
        CsvInputs inputs = new CsvInputs(use);
        CsvTargets goals = new CsvTargets(use);
        Encoding open = inputs.encoding();
        Encoding full =
                use.labelled() ? open.with(goals.targets(source.targets().isPresent())) : open.with(Target.NONE);
        Optional<double[]> y = use.labelled() ? Optional.of(goals.encode(full.targets())) : Optional.empty();
        CsvCells cells = inputs.encode(full);
        int dropped = all.table().size() - complete.table().size();
        String origin = "CSV " + source.file()
                + (dropped == 0 ? "" : ", " + rows(dropped) + " without a value left out")
                + (broken.isEmpty() ? "" : ", " + rows(broken.size()) + " without a picture left out")
                + (cells.unknown() == 0 ? "" : ", " + unknown(cells.unknown()));
        TableRows rows = new TableRows(places(use.table()), new TreeMap<>(), use.weights(), SplitCells.of(use));
        return beside(
                pictures,
                new TableData(
                        cells.values(), inputs.columns(full), inputs.bags(full), y, full, origin, rows, List.of()));
    }

    /** Return rows to predict: unusable rows are separated from the others, if there are any others. */
    DataSource predicted() {
        CsvInputs every = new CsvInputs(all);
        Map<String, Target> open = Collections.singletonMap("", new Target(Target.Form.VALUES, all.learned()));
        Encoding full =
                every.encoding().with(all.training().map(Encoding::targets).orElse(open));
        ColumnPictures all = pictures(this.all.table());
        SortedMap<Integer, String> unusable = this.all.unusable(every.columns(full));
        all.unusable().forEach((row, reason) -> unusable.merge(row, reason, (first, second) -> first + "; " + second));
        boolean some = unusable.size() < this.all.table().size();
        CsvUse use = some ? this.all.of(this.all.table().where(row -> !unusable.containsKey(row))) : this.all;
        CsvInputs inputs = new CsvInputs(use);
        CsvCells cells = inputs.encode(full);
        if (!some) {
            throw none(unusable); // by their pictures
        }
        return beside(
                all.where(row -> !unusable.containsKey(row)),
                new TableData(
                        cells.values(),
                        inputs.columns(full),
                        inputs.bags(full),
                        Optional.empty(),
                        full,
                        "CSV " + source.file(),
                        new TableRows(places(use.table()), unusable, Optional.empty(), SplitCells.NONE),
                        cells.unknown() == 0 ? List.of() : List.of(unknown(cells.unknown()))));
    }

    private static DataSource beside(ColumnPictures pictures, TableData table) {
        return pictures.isEmpty() ? table : new PicturedTable(table, pictures);
    }

    private InputException none(SortedMap<Integer, String> broken) {
        int first = broken.firstKey();
        return all.table().problem(first, "no row has all its pictures; this one: " + broken.get(first));
    }

    private ColumnPictures pictures(Table table) {
        Map<String, PictureColumn> own = source.pictures().orElse(Map.of());
        Optional<Map<String, Shape>> trained = context.training().map(PicturedTable::shapes);
        if (trained.isEmpty()) {
            return ColumnPictures.open(own, table, trained, context);
        }
        List<String> wanted = List.copyOf(trained.get().keySet());
        if (!own.keySet().equals(trained.get().keySet())) {
            throw new InputException(
                            wanted.isEmpty()
                                    ? "the training examples have no pictures"
                                    : "the training examples have the pictures " + Names.list(wanted)
                                            + (own.isEmpty()
                                                    ? ", but this source has none"
                                                    : ", but this source " + Names.list(List.copyOf(own.keySet()))),
                            "Write the same inputs under pictures: as in data.train.")
                    .atConfig("pictures");
        }
        Map<String, PictureColumn> ordered = new LinkedHashMap<>();
        wanted.forEach(input -> ordered.put(input, own.get(input)));
        return ColumnPictures.open(ordered, table, trained, context);
    }

    private static String rows(int count) {
        return count + (count == 1 ? " row" : " rows");
    }

    /** Return the number of names that no training example has, and their treatment, in words. */
    private String unknown(int count) {
        return count
                + (count == 1 ? " unknown name" : " unknown names")
                + (source.unknown() == Unknown.ZEROS ? " written as zeros" : " taken for the most common");
    }

    /** Return the lines of a table's rows, without keeping the table, whose cells take memory. */
    private static TableRows.Places places(Table table) {
        String place = table.place();
        int[] lines = table.lines();
        return row -> Optional.of(place + ":" + lines[row]);
    }
}
