package dev.chainrule.app.table;

import static dev.chainrule.app.shell.ExitCode.INPUT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.app.testing.BadInput;
import dev.chainrule.app.testing.Shell;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The messages about each mistake in the use of a table's columns. */
final class BadTablesTests {
    private static final int CASES = 67;

    private static final String TABLE = """
            age,city,joined,weight,part,kind
            31,Bonn,2024-01-31,1,train,x
            42,Kiel,2024-02-29,0.5,test,y
            53,Bonn,2023-12-24,2,train,x
            64,Jena,2024-07-01,1,validation,y
            75,Kiel,2022-05-05,1,train,y
            """;

    private static final BadInput MISTAKES = new BadInput("tables")
            .add("weight-unknown-column", INPUT, train("weight: wait"), "validate", "/demo/t.yaml")
            .add("weight-is-target", INPUT, train("weight: kind"), "validate", "/demo/t.yaml")
            .add(
                    "weight-is-input",
                    INPUT,
                    train("columns: [ age, weight ], weight: weight"),
                    "validate",
                    "/demo/t.yaml")
            .add("weight-of-names", INPUT, train("weight: city"), "validate", "/demo/t.yaml")
            .add("weight-negative", INPUT, weights("0.5", "-0.5"), "validate", "/demo/t.yaml")
            .add("weight-missing", INPUT, weights("0.5", ""), "validate", "/demo/t.yaml")
            .add("weight-not-a-number", INPUT, weights("0.5", "much"), "validate", "/demo/t.yaml")
            .add("weight-all-zero", INPUT, weights("(?<=\\d,)(0.5|1|2)(?=,)", "0"), "validate", "/demo/t.yaml")
            .add("split-by-unknown-column", INPUT, split("fraction: 0.4, by: town"), "validate", "/demo/t.yaml")
            .add("split-by-and-hash", INPUT, split("fraction: 0.4, by: city, hash: city"), "validate", "/demo/t.yaml")
            .add("split-by-alone", INPUT, split("by: city"), "validate", "/demo/t.yaml")
            .add("split-by-and-last", INPUT, split("count: 2, by: city, order: last"), "validate", "/demo/t.yaml")
            .add(
                    "split-by-and-stratify",
                    INPUT,
                    split("count: 2, by: city, stratify: true"),
                    "validate",
                    "/demo/t.yaml")
            .add("split-by-large-groups", INPUT, split("count: 1, by: kind"), "validate", "/demo/t.yaml")
            .add(
                    "split-by-missing-cell",
                    INPUT,
                    split("count: 2, by: city").andThen(table("Kiel", "")),
                    "validate",
                    "/demo/t.yaml")
            .add(
                    "split-by-no-table",
                    INPUT,
                    split("count: 1, by: city").andThen(BadTablesTests::inline),
                    "validate",
                    "/demo/t.yaml")
            .add("split-hash-with-count", INPUT, split("count: 2, hash: age"), "validate", "/demo/t.yaml")
            .add("split-hash-takes-nothing", INPUT, split("fraction: 1e-9, hash: age"), "validate", "/demo/t.yaml")
            .add("split-column-with-fraction", INPUT, split("fraction: 0.2, column: part"), "validate", "/demo/t.yaml")
            .add("split-column-of-other-words", INPUT, split("column: city"), "validate", "/demo/t.yaml")
            .add("split-column-undeclared-part", INPUT, split("column: part"), "validate", "/demo/t.yaml")
            .add("split-value-without-column", INPUT, split("count: 2, value: dev"), "validate", "/demo/t.yaml")
            .add("encode-unknown-column", INPUT, train("encode: { town: ordinal }"), "validate", "/demo/t.yaml")
            .add("encode-unknown-form", INPUT, train("encode: { city: ordinals }"), "validate", "/demo/t.yaml")
            .add(
                    "encode-order-lacks-name",
                    INPUT,
                    train("encode: { city: { as: ordinal, order: [ Bonn, Kiel ] } }"),
                    "validate",
                    "/demo/t.yaml")
            .add(
                    "encode-order-twice",
                    INPUT,
                    train("encode: { city: { as: ordinal, order: [ Bonn, Bonn ] } }"),
                    "validate",
                    "/demo/t.yaml")
            .add("embed-not-ordinal", INPUT, embed("", "columns: [ city ]"), "validate", "/demo/t.yaml")
            .add("embed-scaled", INPUT, embed("standardize", "columns: [ part ]"), "validate", "/demo/t.yaml")
            .add("embed-unknown-column", INPUT, embed("", "columns: [ parts ]"), "validate", "/demo/t.yaml")
            .add("embed-columns-and-names", INPUT, embed("", "columns: [ part ], names: 3"), "validate", "/demo/t.yaml")
            .add(
                    "target-mean-of-numbers",
                    INPUT,
                    transform("target_mean, columns: [ age ]"),
                    "validate",
                    "/demo/t.yaml")
            .add(
                    "target-mean-unknown-column",
                    INPUT,
                    transform("target_mean, columns: [ town ]"),
                    "validate",
                    "/demo/t.yaml")
            .add(
                    "target-mean-one-fold",
                    INPUT,
                    transform("target_mean, columns: [ city ], folds: 1"),
                    "validate",
                    "/demo/t.yaml")
            .add(
                    "target-mean-negative-smoothing",
                    INPUT,
                    transform("target_mean, columns: [ city ], smoothing: -1"),
                    "validate",
                    "/demo/t.yaml")
            .add(
                    "target-mean-of-reconstruction",
                    INPUT,
                    transform("target_mean, columns: [ city ]").andThen(BadTablesTests::reconstruct),
                    "validate",
                    "/demo/t.yaml")
            .add("frequency-twice", INPUT, transform("frequency, columns: [ city, city ]"), "validate", "/demo/t.yaml")
            .add("encode-hash-without-buckets", INPUT, train("encode: { city: hash }"), "validate", "/demo/t.yaml")
            .add(
                    "encode-hash-one-bucket",
                    INPUT,
                    train("encode: { city: { as: hash, buckets: 1 } }"),
                    "validate",
                    "/demo/t.yaml")
            .add(
                    "encode-buckets-of-dates",
                    INPUT,
                    train("encode: { joined: { as: dates, buckets: 8 } }"),
                    "validate",
                    "/demo/t.yaml")
            .add("encode-without-form", INPUT, train("encode: { city: { buckets: 8 } }"), "validate", "/demo/t.yaml")
            .add(
                    "encode-not-a-date",
                    INPUT,
                    train("columns: [ city ], encode: { city: dates }"),
                    "validate",
                    "/demo/t.yaml")
            .add(
                    "encode-not-such-a-day",
                    INPUT,
                    train("columns: [ joined ], encode: { joined: dates }").andThen(table("2024-02-29", "2023-02-29")),
                    "validate",
                    "/demo/t.yaml")
            .add(
                    "encode-date-in-another-format",
                    INPUT,
                    train("columns: [ joined ], encode: { joined: { as: dates, format: d.M.uuuu } }"),
                    "validate",
                    "/demo/t.yaml")
            .add(
                    "encode-date-missing",
                    INPUT,
                    train("columns: [ joined ], encode: { joined: dates }").andThen(table("2024-02-29", "")),
                    "validate",
                    "/demo/t.yaml")
            .add(
                    "encode-unknown-part",
                    INPUT,
                    train("encode: { joined: { as: dates, parts: [ quarter ] } }"),
                    "validate",
                    "/demo/t.yaml")
            .add(
                    "encode-no-part",
                    INPUT,
                    train("encode: { joined: { as: dates, parts: [] } }"),
                    "validate",
                    "/demo/t.yaml")
            .add(
                    "encode-part-twice",
                    INPUT,
                    train("encode: { joined: { as: dates, parts: [ year, year ] } }"),
                    "validate",
                    "/demo/t.yaml")
            .add(
                    "encode-bad-format",
                    INPUT,
                    train("encode: { joined: { as: dates, format: 'bb.bb' } }"),
                    "validate",
                    "/demo/t.yaml")
            .add(
                    "encode-empty-separator",
                    INPUT,
                    train("encode: { city: { as: sets, separator: '' } }"),
                    "validate",
                    "/demo/t.yaml")
            .add(
                    "encode-words-none",
                    INPUT,
                    train("columns: [ city ], encode: { city: words }").andThen(table("Bonn|Kiel|Jena", "...")),
                    "validate",
                    "/demo/t.yaml")
            .add(
                    "encode-most-zero",
                    INPUT,
                    train("encode: { city: { as: words, most: 0 } }"),
                    "validate",
                    "/demo/t.yaml")
            .add(
                    "encode-order-of-words",
                    INPUT,
                    train("encode: { city: { as: words, order: [ a, b ] } }"),
                    "validate",
                    "/demo/t.yaml")
            .add("pca-too-many-components", INPUT, transform("pca, components: 2"), "validate", "/demo/t.yaml")
            .add("pca-no-component", INPUT, transform("pca, components: 0"), "validate", "/demo/t.yaml")
            .add(
                    "pca-of-names",
                    INPUT,
                    train("columns: [ city ]")
                            .andThen(shell -> shell.edit(
                                    "t.yaml", "\nmodel", "  transforms: [ { type: pca, components: 1 } ]\nmodel")),
                    "validate",
                    "/demo/t.yaml")
            .add("cross-of-one", INPUT, transform("cross, columns: [ city ]"), "validate", "/demo/t.yaml")
            .add("cross-of-numbers", INPUT, transform("cross, columns: [ city, age ]"), "validate", "/demo/t.yaml")
            .add("cross-unknown-column", INPUT, transform("cross, columns: [ city, town ]"), "validate", "/demo/t.yaml")
            .add(
                    "cross-one-bucket",
                    INPUT,
                    transform("cross, columns: [ city, age ], buckets: 1"),
                    "validate",
                    "/demo/t.yaml")
            .add("tf-idf-of-numbers", INPUT, transform("tf_idf, columns: [ age ]"), "validate", "/demo/t.yaml")
            .add(
                    "encode-format-without-day",
                    INPUT,
                    train("encode: { joined: { as: dates, format: uuuu-MM } }"),
                    "validate",
                    "/demo/t.yaml")
            .add(
                    "encode-part-named-as-a-column",
                    INPUT,
                    train("encode: { joined: dates }").andThen(table("weight", "joined_month")),
                    "validate",
                    "/demo/t.yaml")
            .add(
                    "frequency-after-standardize",
                    INPUT,
                    transform("standardize }, { type: frequency, columns: [ city ]"),
                    "validate",
                    "/demo/t.yaml")
            .add(
                    "target-mean-of-words",
                    INPUT,
                    train("columns: [ city ], encode: { city: words }")
                            .andThen(table("Bonn", "in Bonn"))
                            .andThen(shell -> shell.edit(
                                    "t.yaml",
                                    "\nmodel",
                                    "  transforms: [ { type: target_mean, columns: [ city ] } ]\nmodel")),
                    "validate",
                    "/demo/t.yaml")
            .add(
                    "pca-twice-of-one-name",
                    INPUT,
                    train("columns: [ age, weight ]")
                            .andThen(shell -> shell.edit(
                                    "t.yaml",
                                    "\nmodel",
                                    "  transforms: [ { type: pca, components: 1, columns: [ age ] }, "
                                            + "{ type: pca, components: 1, columns: [ weight ] } ]\nmodel")),
                    "validate",
                    "/demo/t.yaml")
            .add(
                    "threshold-of-logits",
                    INPUT,
                    split("fraction: 0.4")
                            .andThen(shell -> shell.edit("t.yaml", "test:", "validation:")
                                    .edit("t.yaml", "softmax", "identity")
                                    .edit("t.yaml", "cross_entropy", "hinge")
                                    .edit(
                                            "t.yaml",
                                            "0.1 }",
                                            "0.1 }\ntraining: { calibrate: { threshold: accuracy } }")),
                    "validate",
                    "/demo/t.yaml")
            .add("tf-idf-unknown-column", INPUT, transform("tf_idf, columns: [ text ]"), "validate", "/demo/t.yaml");

    @TempDir
    private static Path folder;

    @TestFactory
    Stream<DynamicTest> validate_mistake_saysWhatGoldenFileSays() {
        return MISTAKES.tests(new Shell(folder));
    }

    @Test
    void goldenFiles_all_haveBeenSeen() {
        assertEquals(CASES, MISTAKES.size());
        MISTAKES.checkFiles();
    }

    private static String config(String keys, String data) {
        return """
                data:
                  train: { type: csv, file: t.csv, target: kind, %s }
                %s
                model: [ { type: dense, units: 2, activation: softmax } ]
                loss: cross_entropy
                optimizer: { type: sgd, learning_rate: 0.1 }
                """.formatted(keys, data.indent(2).stripTrailing());
    }

    /** Write the table, and a config whose source has more keys. */
    private static Consumer<Shell> train(String keys) {
        return shell -> shell.file("t.csv", TABLE).file("t.yaml", config(keys, ""));
    }

    private static Consumer<Shell> transform(String transform) {
        return shell -> shell.file("t.csv", TABLE)
                .file("t.yaml", config("columns: [ age, city ]", "transforms: [ { type: " + transform + " } ]"));
    }

    private static Consumer<Shell> embed(String transforms, String keys) {
        return train("encode: { part: ordinal }")
                .andThen(
                        shell -> shell.edit("t.yaml", "model: [ ", "model: [ { type: embed, width: 2, " + keys + " }, ")
                                .edit("t.yaml", "\nmodel", "  transforms: [ " + transforms + " ]\nmodel"));
    }

    private static void reconstruct(Shell shell) {
        shell.edit("t.yaml", "  transforms", "  reconstruct: true\n  transforms");
    }

    /** Write the table, and a config that splits off test examples. */
    private static Consumer<Shell> split(String test) {
        return shell -> shell.file("t.csv", TABLE).file("t.yaml", config("columns: [ age ]", "test: { " + test + " }"));
    }

    private static Consumer<Shell> table(String pattern, String replacement) {
        return shell -> shell.file("t.csv", TABLE.replaceAll(pattern, replacement));
    }

    private static void inline(Shell shell) {
        shell.edit(
                "t.yaml",
                "csv, file: t.csv, target: kind, columns: [ age ]",
                "inline, rows: [ [ 1 ], [ 2 ], [ 3 ] ], labels: [ x, y, x ]");
    }

    private static Consumer<Shell> weights(String pattern, String weight) {
        return train("weight: weight").andThen(shell -> shell.file("t.csv", TABLE.replaceAll(pattern, weight)));
    }
}
