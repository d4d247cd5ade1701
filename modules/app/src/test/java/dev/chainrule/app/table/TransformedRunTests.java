package dev.chainrule.app.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Shell;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run on a table with columns in all forms, weights, a hashed split and an embedding. */
final class TransformedRunTests {
    private static final String CONFIG = """
            seed: 6
            data:
              train:
                type: csv
                file: train.csv
                target: kind
                weight: importance
                missing: keep
                unknown: zeros
                encode:
                  zip/code: ordinal
                  shop: { as: hash, buckets: 8 }
                  joined: { as: dates, cyclic: true, format: yyyy-MM-dd }
                  tags: { as: sets, separator: "|" }
                  note: words
              test: { fraction: 0.2, hash: id }
              transforms:
                - { type: fill, with: own, columns: [ zip/code ] }
                - { type: fill, with: median, columns: [ age ], indicator: true }
                - { type: cross, columns: [ city, shop ], buckets: 6 }
                - { type: target_mean, columns: [ city ] }
                - { type: tf_idf, columns: [ note ] }
                - { type: pca, components: 2, columns: [ age, income ] }
                - { type: standardize, columns: [ joined_year, city_mean ] }
              batch_size: 10
            model:
              - { type: embed, columns: [ zip/code ], width: 3 }
              - { type: dense, units: 6, activation: tanh }
              - { type: dense, units: 2, activation: softmax }
            loss: cross_entropy
            optimizer: { type: adam, learning_rate: 0.02 }
            training: { epochs: 2 }
            hooks: [ { type: checkpoint, every: 1 step, keep: 100 } ]
            """;

    @TempDir
    private Path folder;

    private static String row(int i) {
        return String.join(
                ",",
                "id" + i,
                i % 11 == 3 ? "" : String.valueOf(20 + i * 7 % 40),
                String.valueOf(1000 + i * i % 313),
                i % 13 == 5 ? "" : "z" + i % 17,
                "shop " + i % 6,
                "c" + i % 4,
                "20" + (20 + i % 5) + "-0" + (1 + i % 9) + "-1" + i % 10,
                "t" + i % 3 + "|t" + i % 5,
                "a note of " + i % 4 + " words",
                String.valueOf(0.5 + i % 3),
                i % 3 == 0 ? "x" : "y");
    }

    private static String table(int rows) {
        StringBuilder table = new StringBuilder("id,age,income,zip/code,shop,city,joined,tags,note,importance,kind\n");
        for (int i = 0; i < rows; i++) {
            table.append(row(i)).append('\n');
        }
        return table.toString();
    }

    private Shell trained() {
        Shell shell = new Shell(folder).file("train.csv", table(90)).file("t.yaml", CONFIG);
        shell.done("/demo/t.yaml", "--run-dir", "/demo/whole", "--quiet", "--threads", "1");
        return shell;
    }

    @Test
    void resumeAndVerify_allForms_endWithTheSameBytes() {
        Shell shell = trained();
        shell.done("/demo/t.yaml", "--run-dir", "/demo/three", "--quiet", "--threads", "3");
        shell.copy("whole", "again");
        shell.done("run", "--resume", "/demo/again/checkpoints/step-00000005.safetensors");
        for (String file : List.of("model.safetensors", "steps.bin", "metrics.jsonl", "chain.jsonl")) {
            assertArrayEquals(shell.bytes("whole/" + file), shell.bytes("again/" + file), file);
            assertArrayEquals(shell.bytes("whole/" + file), shell.bytes("three/" + file), file);
        }
        shell.done("verify", "/demo/whole");
        shell.done("evaluate", "/demo/whole");
        String copied = shell.done(
                        "/demo/t.yaml",
                        "--run-dir",
                        "/demo/next",
                        "--start-from",
                        "/demo/whole/checkpoints/step-00000005.safetensors")
                .out();
        assertTrue(copied.contains("starts from") && !copied.contains("initialised:"), copied);
    }

    /** A cell that stands for a missing value is the empty set, an unknown member is left out, a row without a date is dropped. */
    @Test
    void run_cellsWithoutValue_haveNoMembersAndNoDate() {
        Shell shell = new Shell(folder)
                .file("sets.csv", "tags,joined,kind\na|b,2024-01-31,x\n-,2024-02-29,y\nb,2024-03-01,x\na,NA,y\n")
                .file("sets.yaml", """
                        data:
                          train:
                            type: csv
                            file: sets.csv
                            target: kind
                            missing: drop
                            missing_values: [ "-" ]
                            unknown: most_common
                            encode: { tags: { as: sets, separator: "|" }, joined: { as: dates, parts: [ month ] } }
                        model: [ { type: dense, units: 2, activation: softmax } ]
                        loss: cross_entropy
                        optimizer: { type: sgd, learning_rate: 0.1 }
                        training: { epochs: 1 }
                        """)
                .file("new.csv", "tags,joined\nc|a,2024-01-31\n-,2024-02-29\n");
        String out = shell.done("/demo/sets.yaml", "--run-dir", "/demo/sets").out();
        assertTrue(
                out.contains("  train           3 examples from CSV sets.csv, 1 row without a value left out\n"), out);
        String model = new String(shell.bytes("sets/model.safetensors"), StandardCharsets.ISO_8859_1);
        assertTrue(model.contains("\\\"categories\\\":[\\\"a\\\",\\\"b\\\"]"), model);
        Shell.Result predicted = shell.execute("predict", "/demo/sets", "--input", "/demo/new.csv");
        assertEquals(ExitCode.DONE, predicted.code(), predicted.err());
        assertEquals(3, predicted.out().lines().count(), predicted.out());
    }

    /** New shops, cities, codes, tags and words are accepted; a date that is none is not. */
    @Test
    void predict_newNames_areAcceptedAndBadDatesMarked() {
        Shell shell = trained();
        shell.file(
                "new.csv",
                "joined,age,income,zip/code,shop,city,tags,note\n"
                        + "2031-12-31,33,1200,z99,shop 77,c9,t99,unseen\n"
                        + "2031-12-31,33,1200,z1,shop 1,c1,t1|t2,a note\n");
        Shell.Result accepted = shell.execute("predict", "/demo/whole", "--input", "/demo/new.csv");
        assertEquals("warning: 2 unknown names written as zeros\n", accepted.err());
        assertEquals(3, accepted.out().lines().count(), accepted.out());
        shell.edit("new.csv", "2031-12-31,33,1200,z1", "31.12.2031,33,1200,z1");
        Shell.Result marked = shell.execute("predict", "/demo/whole", "--input", "/demo/new.csv");
        assertEquals(ExitCode.INPUT, marked.code());
        assertTrue(marked.out().contains("which is not a date"), marked.out());
    }
}
