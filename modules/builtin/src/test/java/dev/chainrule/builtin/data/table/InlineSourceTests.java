package dev.chainrule.builtin.data.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.data.Context;
import dev.chainrule.builtin.data.Misuse;
import dev.chainrule.builtin.data.Read;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InlineSourceTests {
    private static final Path NOWHERE = Path.of("nowhere");
    private static final List<List<Double>> ROWS = List.of(List.of(0.05, 0.10), List.of(1.0, -2.0));
    private static final Encoding TWO_VALUES =
            new Encoding(Shape.of(2), List.of(), new Target(Target.Form.VALUES, List.of("u", "v")));
    private static final Encoding CLASSES =
            new Encoding(Shape.of(2), List.of(), new Target(Target.Form.CLASS_INDEX, List.of("no", "yes")));

    @Test
    void open_targets_givesValues() {
        DataSource source =
                values(List.of(List.of(0.01, 0.99), List.of(1.0, 0.0))).open(Context.in(NOWHERE));
        assertEquals(2, source.size());
        assertEquals(Shape.of(2), source.encoding().shape());
        assertEquals(
                new Target(Target.Form.VALUES, List.of("value_1", "value_2")),
                source.encoding().target());
        assertArrayEquals(new double[] {0.05, 0.10}, Read.input(source, 0));
        assertArrayEquals(new double[] {0.01, 0.99}, Read.target(source, 0));
    }

    @Test
    void open_labels_givesSortedClasses() {
        DataSource source = labels(List.of("yes", "no")).open(Context.in(NOWHERE));
        assertEquals(CLASSES.target(), source.encoding().target());
        assertArrayEquals(new double[] {1}, Read.target(source, 0));
        assertArrayEquals(new double[] {0}, Read.target(source, 1));
    }

    @Test
    void open_afterTraining_takesItsClasses() {
        DataSource source =
                labels(List.of("yes", "yes")).open(Context.in(NOWHERE).after(CLASSES));
        assertEquals(CLASSES, source.encoding());
        assertArrayEquals(new double[] {1}, Read.target(source, 0));
    }

    @Test
    void open_unlabelled_needsNoTargets() {
        InlineSource spec = new InlineSource(ROWS, Optional.empty(), Optional.empty(), Optional.empty());
        assertEquals(
                TWO_VALUES,
                spec.open(Context.in(NOWHERE).after(TWO_VALUES).unlabelled()).encoding());
    }

    @Test
    void open_misuse_saysWhatToDo() {
        List<Misuse> all = new ArrayList<>();
        all.add(new Misuse("no rows", () -> rows(List.of()), "rows is empty\nrows: at least one row"));
        all.add(new Misuse(
                "empty rows",
                () -> rows(List.of(List.of(), List.of())),
                "rows is a list of empty rows\nrows: at least one number per row"));
        all.add(new Misuse(
                "ragged",
                () -> rows(List.of(List.of(1.0, 2.0), List.of(3.0))),
                "rows is ragged: row 2 has 1, but row 1 has 2\nrows: rows of equal length"));
        all.add(new Misuse(
                "NaN",
                () -> rows(List.of(List.of(1.0, Double.NaN))),
                "rows is not finite: row 1 has .nan\nrows: finite numbers"));
        all.add(new Misuse(
                "infinite target",
                () -> values(List.of(List.of(1.0), List.of(Double.NEGATIVE_INFINITY))),
                "targets is not finite: row 2 has -.inf\ntargets: finite numbers"));
        all.add(new Misuse(
                "too few targets",
                () -> values(List.of(List.of(1.0))),
                "targets is a list of 1 for 2 rows\ntargets: one item for each row"));
        all.add(new Misuse(
                "too many labels",
                () -> labels(List.of("a", "b", "c")),
                "labels is a list of 3 for 2 rows\nlabels: one item for each row"));
        all.add(new Misuse(
                "targets and labels",
                () -> new InlineSource(
                        ROWS, Optional.of(ROWS), Optional.of(List.of(name("a"), name("b"))), Optional.empty()),
                "labels is [a, b]\nlabels: no value if targets are given"));
        all.add(new Misuse(
                "neither",
                () -> new InlineSource(ROWS, Optional.empty(), Optional.empty(), Optional.empty())
                        .open(Context.in(NOWHERE)),
                "the rows have neither targets nor labels\nAdd one of the two."));
        all.add(new Misuse(
                "label no training example has",
                () -> labels(List.of("yes", "maybe")).open(Context.in(NOWHERE).after(CLASSES)),
                """
                label 2 is 'maybe', which no training example has
                at labels[1]
                Known: no, yes."""));
        all.add(new Misuse(
                "numbers where classes were learned",
                () -> values(ROWS).open(Context.in(NOWHERE).after(CLASSES)),
                """
                the targets are 2 numbers per row, but those of the training examples are classes
                Add labels: with a class for each row."""));
        all.add(new Misuse(
                "one number where two were learned",
                () -> values(List.of(List.of(1.0), List.of(2.0)))
                        .open(Context.in(NOWHERE).after(TWO_VALUES)),
                """
                the targets are 1 number per row, but those of the training examples are 2 numbers per row
                Add targets: with 2 numbers per row."""));
        all.add(new Misuse(
                "rows of another length",
                () -> new InlineSource(List.of(List.of(1.0)), Optional.empty(), Optional.empty(), Optional.empty())
                        .open(Context.in(NOWHERE).after(TWO_VALUES).unlabelled()),
                """
                a row has 1 number, but a training example has 2
                at rows"""));
        Misuse.assertTexts(13, NOWHERE, all);
    }

    private static InlineSource rows(List<List<Double>> rows) {
        return new InlineSource(rows, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static InlineSource values(List<List<Double>> targets) {
        return new InlineSource(ROWS, Optional.of(targets), Optional.empty(), Optional.empty());
    }

    private static InlineSource labels(List<String> labels) {
        return new InlineSource(
                ROWS,
                Optional.empty(),
                Optional.of(labels.stream().map(InlineSourceTests::name).toList()),
                Optional.empty());
    }

    private static OneOrMore<String> name(String name) {
        return new OneOrMore<>(List.of(name));
    }
}
