package dev.chainrule.builtin.data.table;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Encoding.Column;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.data.Context;
import dev.chainrule.builtin.data.Idx;
import dev.chainrule.builtin.data.Misuse;
import dev.chainrule.builtin.data.Unknown;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

final class CsvMisuseTests {
    private static final Target PRICE = new Target(Target.Form.VALUES, List.of("price"));
    private static final Encoding TRAINING = new Encoding(
            Shape.of(3), List.of(new Column("size", List.of()), new Column("place", List.of("hill", "town"))), PRICE);

    private final List<Misuse> all = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void open_brokenFile_saysWhere() {
        bad("empty file", "", "DIR/a.csv: the file is empty");
        bad("blank lines only", "\n\n", "DIR/a.csv: the file has no rows");
        bad("header only", "size,price\n", """
                DIR/a.csv: the file has a header but no rows
                If the first line is not a header, write header: false.""");
        bad("too few cells", "size,price\n1,2\n3\n", """
                DIR/a.csv:3: the row has 1 cell, but the header has 2
                Every row must have one cell per column. Enclose a cell that contains a delimiter in quotes.""");
        bad("too many cells after a cell of two lines", "size,price\n\"1\n\",2\n3,4,5\n", """
                DIR/a.csv:4: the row has 3 cells, but the header has 2
                Every row must have one cell per column. Enclose a cell that contains a delimiter in quotes.""");
        bad(
                "ragged without header",
                "1,2\n3,4,5\n",
                new CsvBuilder().header(false).target("column_2"),
                """
                DIR/a.csv:2: the row has 3 cells, but the first row has 2
                Every row must have one cell per column. Enclose a cell that contains a delimiter in quotes.""");
        bad("equal names", "size,price, size\n1,2,3\n", """
                DIR/a.csv:1: 2 columns are named 'size'
                Rename all but one in the header, or list the columns to use with columns:.""");
        bad("unclosed quote", "size,price\n1,2\n\"3,4\n5,6\n", """
                DIR/a.csv:3: unclosed quoted field at end of input
                A cell that begins with a quote must end with one; a quote within it is doubled.""");
        bad("text after a quote", "size,price\n1,\"2\"3\n", """
                DIR/a.csv:2: unexpected character after closing quote: '3' (0x33)
                A cell that begins with a quote must end with one; a quote within it is doubled.""");
        all.add(new Misuse(
                "Latin-1",
                () -> {
                    Idx.write(
                            folder.resolve("a.csv"), "size,price\n1,2\n\u00e9,3".getBytes(StandardCharsets.ISO_8859_1));
                    new CsvBuilder().target("price").build().open(Context.in(folder));
                },
                """
                DIR/a.csv:3: byte e9 is not UTF-8
                Save the file as UTF-8, or specify its encoding with encoding:, such as latin-1, windows-1252 or utf-16."""));
        Misuse.assertTexts(10, folder, all);
    }

    @Test
    void open_brokenCell_saysLineAndColumn() {
        String fill = "\nEvery cell requires a value: fill it in, drop such rows with missing: drop, or use missing: "
                + "keep and the transform fill.";
        bad("empty cell", "size,price\n1,2\n ,3\n", "DIR/a.csv:3: column 'size' has no value" + fill);
        bad("empty target", "size,price\n1,2\n3,\n", "DIR/a.csv:3: column 'price' has no value" + fill);
        bad("empty name", "place,price\nhill,2\n\"\",3\n", "DIR/a.csv:3: column 'place' has no value" + fill);
        bad("NaN", "size,price\n1,2\nNaN,3\n", "DIR/a.csv:3: column 'size' has 'NaN', which is not a value" + fill);
        bad("infinite", "size,price\n1,2\n2,-Infinity\n", """
                DIR/a.csv:3: column 'price' has '-Infinity', which is not a number
                1 of the column's 2 cells are numbers.
                If it stands for a missing value, write missing_values: [ "-Infinity" ].
                If the cells are names, list the column under categorical; otherwise, correct the cell.""");
        bad(
                "NA among numbers",
                "size,price\n1,2\nNA,3\n",
                "DIR/a.csv:3: column 'size' has 'NA', which is not a value" + fill);
        for (String text : List.of("l2", "1f", "0x1p3", "--1", "1,2,3")) {
            bad("'" + text + "' among numbers", "size;price\n1;2\n2;2\n" + text + ";3\n", semicolons(), """
                    DIR/a.csv:4: column 'size' has '%s', which is not a number
                    2 of the column's 3 cells are numbers.
                    If it stands for a missing value, write missing_values: [ "%s" ].
                    If the cells are names, list the column under categorical; otherwise, correct the cell.""".formatted(
                            text, text));
        }
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("1 000", "To read such cells as numbers, write thousands: \" \".");
        forms.put("1,5", "To read such cells as numbers, write decimal: \",\".");
        forms.put("1.234,5", "To read such cells as numbers, write decimal: \",\", thousands: \".\".");
        forms.put("12 %", "To read such cells as numbers, write units: [ \"%\" ].");
        forms.put("$3.50", "To read such cells as numbers, write units: [ \"$\" ].");
        forms.put(
                "1,234",
                "Its separator may be the decimal or the thousands separator: add decimal: or thousands: with it.");
        forms.forEach((text, advice) -> bad(
                "'" + text + "' among numbers", "size;price\n1;2\n2;2\n" + text + ";3\n", semicolons(), """
                    DIR/a.csv:4: column 'size' has '%s', which is not a number
                    2 of the column's 3 cells are numbers.
                    %s
                    If the cells are names, list the column under categorical; otherwise, correct the cell.""".formatted(
                                text, advice)));
        bad("decimal commas alone", "size;price\n1,5;2\n2,5;3\n", semicolons(), """
                DIR/a.csv:2: column 'size' has '1,5', which looks like a number in another format
                To read such cells as numbers, write decimal: ",".
                If the cells are names, list the column under categorical.""");
        bad("two units", "size,price\n1 %,2\n2,3\n", new CsvBuilder().units("%").target("price"), """
                DIR/a.csv:3: column 'size' has '2', but above, '1 %'
                All numbers in a column must have the same unit, or none.""");
        bad("out of range", "size,price\n1,2\n1e400,3\n", """
                DIR/a.csv:3: column 'size' has 1e400, which is out of range
                The largest number is 1.79e308.""");
        Misuse.assertTexts(20, folder, all);
    }

    @Test
    void open_wrongColumns_listsThem() {
        bad("no target", "size,price\n1,2\n", new CsvBuilder(), """
                no target column was given
                at target
                Add target: with one of the columns: size, price.""");
        bad("unknown target", "size,cost\n1,2\n", """
                DIR/a.csv: there is no column 'price' that could be predicted
                Columns: size, cost.""");
        bad(
                "unknown column",
                "size,price\n1,2\n",
                new CsvBuilder().columns("sizes").target("price"),
                """
                DIR/a.csv: there is no column 'sizes' that could be used as input
                Columns: size, price.""");
        bad(
                "unknown categorical",
                "size,price\n1,2\n",
                new CsvBuilder().categorical("place").target("price"),
                """
                DIR/a.csv: there is no column 'place' that could be categorical
                Columns: size, price.""");
        bad("target alone", "price\n1\n", """
                DIR/a.csv: there is no column to learn from
                Columns: price.""");
        bad("wrong delimiter", "size;price\n1;2\n", """
                DIR/a.csv: there is no column 'price' that could be predicted
                Columns: size;price. If these are several, write delimiter: ";".""");
        bad("wrong delimiter: spaces", "size   price\n1      2\n", new CsvBuilder().target("price"), """
                DIR/a.csv: there is no column 'price' that could be predicted
                Columns: size   price. If these are several, write delimiter: whitespace.""");
        bad("wrong delimiter: bars", "size | price\n1 | 2\n", new CsvBuilder().target("price"), """
                DIR/a.csv: there is no column 'price' that could be predicted
                Columns: size | price. If these are several, write delimiter: "|".""");
        bad("wrong delimiter: tabs", "size\tprice\n1\t2\n", new CsvBuilder().target("price"), """
                DIR/a.csv: there is no column 'price' that could be predicted
                Columns: size\tprice. If these are several, write delimiter: "\\t".""");
        bad("names among targets", "size,price,kind\n1,2,a\n", new CsvBuilder().targets("price", "kind"), """
                DIR/a.csv: column 'kind' contains names, but targets must be columns of numbers, or all of names
                To predict classes, write target: kind.""");
        wrong(
                "target and targets",
                () -> new CsvBuilder().target("a").targets("b").build(),
                """
                targets is [b]
                targets: no value if target is given""");
        wrong(
                "target as input",
                () -> new CsvBuilder().columns("a", "b").target("b").build(),
                """
                columns is [a, b]
                columns: columns other than the target b""");
        wrong("column twice", () -> new CsvBuilder().columns("a", "a").build(), """
                columns is [a, a]
                columns: distinct columns""");
        wrong("no columns", () -> new CsvBuilder().columns().build(), """
                columns is []
                columns: at least one column""");
        wrong("long delimiter", () -> new CsvBuilder().delimiter("||").build(), """
                delimiter is '||'
                delimiter: one character other than a line break, or whitespace""");
        wrong("line break for a quote", () -> new CsvBuilder().quote("\n").build(), """
                quote is '
                '
                quote: one character other than a line break""");
        wrong("quote is the delimiter", () -> new CsvBuilder().quote(",").build(), """
                quote is ,
                quote: a character other than the delimiter""");
        Misuse.assertTexts(17, folder, all);
    }

    @Test
    void open_afterTraining_mustFitIt() {
        after("missing columns", "price,x\n1,2\n", """
                DIR/a.csv: columns of the training examples are missing: size, place
                The file has: price, x.
                Required, in any order: size, place.""");
        after("missing column", "price,size\n1,2\n", """
                DIR/a.csv: a column of the training examples is missing: place
                The file has: price, size.
                Required, in any order: size, place.""");
        after("unknown category", "size,place,price\n1,hill,3\n2,sea,3\n", """
                DIR/a.csv:3: column 'place' has 'sea', which no training example has
                Known: hill, town.
                With unknown: zeros, such names are accepted: all inputs of the column are then 0.""");
        after("names where numbers were", "size,place,price\nbig,hill,3\n", """
                DIR/a.csv:2: column 'size' has 'big', which is not a number
                The column contains numbers such as 12, -0.5 or 1e-3.""");
        after("names where numbers were learned", "size,place,price\n1,hill,dear\n", """
                DIR/a.csv:2: column 'price' has 'dear', which is not a number
                The column contains numbers such as 12, -0.5 or 1e-3.""");
        after("missing target", "size,place\n1,hill\n", """
                DIR/a.csv: there is no column 'price' that could be predicted
                Columns: size, place.""");
        Target kind = new Target(Target.Form.CLASS_INDEX, List.of("a", "b"));
        after(
                "unknown class",
                "size,place,price\n1,hill,c\n",
                new CsvBuilder().target("price"),
                TRAINING.with(kind),
                """
                DIR/a.csv:2: column 'price' has 'c', which no training example has
                Known: a, b.""");
        after(
                "two targets for a class",
                "size,place,p,q\n1,hill,3,4\n",
                new CsvBuilder().targets("p", "q"),
                TRAINING.with(kind),
                """
                DIR/a.csv: target columns: p, q; the training examples' target is a class""");
        after("two targets for one", "size,place,p,q\n1,hill,3,4\n", new CsvBuilder().targets("p", "q"), TRAINING, """
                DIR/a.csv: target columns: p, q; the training examples' target is price""");
        Encoding image = new Encoding(Shape.of(28, 28, 1), List.of(), kind);
        after("table for images", "size,place,price\n1,2,a\n", new CsvBuilder().target("price"), image, """
                DIR/a.csv: the file has 2 input columns, but the training examples are [28, 28, 1]
                Columns: size, place.""");
        after(
                "unknown class, unknown names allowed",
                "size,place,price\n1,sea,c\n",
                new CsvBuilder().target("price").unknown(Unknown.ZEROS),
                TRAINING.with(kind),
                """
                DIR/a.csv:2: column 'price' has 'c', which no training example has
                Known: a, b.""");
        after(
                "most common name that training did not keep",
                "size,place,price\n1,hill,3\n",
                new CsvBuilder().target("price").unknown(Unknown.MOST_COMMON),
                TRAINING,
                """
                unknown is most_common, but not in the training source
                at unknown
                Write unknown: most_common under data.train, too, or unknown: zeros here.""");
        after(
                "no value where unknown names are allowed",
                "size,place,price\n1,,3\n",
                new CsvBuilder().target("price").unknown(Unknown.ZEROS),
                TRAINING,
                """
                DIR/a.csv:2: column 'place' has no value
                Every cell requires a value: fill it in, drop such rows with missing: drop, or use missing: keep and the transform fill.""");
        Misuse.assertTexts(13, folder, all);
    }

    private static CsvBuilder semicolons() {
        return new CsvBuilder().delimiter(";").target("price");
    }

    private void bad(String name, String text, String expected) {
        bad(name, text, new CsvBuilder().target("price"), expected);
    }

    private void bad(String name, String text, CsvBuilder builder, String expected) {
        open(name, text, builder, Context.in(folder), expected);
    }

    private void after(String name, String text, String expected) {
        after(name, text, new CsvBuilder().target("price"), TRAINING, expected);
    }

    private void after(String name, String text, CsvBuilder builder, Encoding training, String expected) {
        open(name, text, builder, Context.in(folder).after(training), expected);
    }

    private void open(String name, String text, CsvBuilder builder, Context context, String expected) {
        all.add(new Misuse(
                name,
                () -> {
                    Idx.write(folder.resolve("a.csv"), text.getBytes(StandardCharsets.UTF_8));
                    builder.build().open(context);
                },
                expected));
    }

    private void wrong(String name, Executable code, String expected) {
        all.add(new Misuse(name, code, expected));
    }
}
