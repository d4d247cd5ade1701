package dev.chainrule.app.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that read pictures beside the columns of a table, from training to predictions. */
final class PicturedTablesTests {
    private static final int COUNT = 40;
    private static final String CONFIG = """
            seed: 3
            data:
              train:
                type: csv
                file: plants.csv
                target: kind
                missing: keep
                unknown: zeros
                pictures: { photo: { height: 6, width: 6, channels: 1 } }
              test: { fraction: 0.2 }
              transforms:
                - { type: fill, with: mean, indicator: true }
                - { type: target_mean, columns: [ site ] }
                - { type: standardize, only: numbers }
                - { type: scale, by: 1/255, input: photo }
              batch_size: 8
            model:
              - { type: conv, filters: 4, size: 3, activation: relu, from: input.photo }
              - { type: global_max_pool, name: picture }
              - { type: dense, units: 4, activation: tanh, from: input.columns, name: columns }
              - { type: concat, from: [ picture, columns ] }
              - { type: dense, units: 2, activation: softmax }
            loss: cross_entropy
            optimizer: { type: adam, learning_rate: 0.03 }
            training: { epochs: 3, shards: 2 }
            hooks: [ { type: gradient_check, at: start }, { type: checkpoint, every: 1 epoch, keep: 3 } ]
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    /** The kind depends on the height of a plant and on the bright column of its picture. */
    @BeforeEach
    void create() {
        shell = new Shell(folder).file("plants.yaml", CONFIG);
        StringBuilder table = new StringBuilder("photo,height,site,kind\n");
        for (int i = 0; i < COUNT; i++) {
            shell.file("p/" + i + ".png", Samples.png(6, 6, i % 6));
            table.append("p/" + i + ".png,")
                    .append(i % 11 == 0 ? "" : String.valueOf(i % 7))
                    .append(i % 2 == 0 ? ",bank," : ",hill,")
                    .append(i % 6 < 3 == i % 7 < 4 ? "fern\n" : "moss\n");
        }
        shell.file("plants.csv", table.toString());
    }

    private void run(String name, String... more) {
        String[] args = new String[4 + more.length];
        args[0] = "/demo/plants.yaml";
        args[1] = "--run-dir";
        args[2] = "/demo/" + name;
        args[3] = "--quiet";
        System.arraycopy(more, 0, args, 4, more.length);
        shell.done(args);
    }

    @Test
    void run_picturesBesideColumns_areResumedVerifiedAndEvaluated() {
        run("whole");
        run("again", "--threads=2");
        for (String file : List.of("model.safetensors", "steps.bin", "chain.jsonl", "metrics.jsonl")) {
            assertArrayEquals(shell.bytes("whole/" + file), shell.bytes("again/" + file), file);
        }
        String cached = shell.done("cache", "list").out();
        assertTrue(cached.contains("40 pictures [6, 6, 1], such as p/0.png\n1 entry "), cached);
        for (String checkpoint : shell.names("whole/checkpoints")) {
            shell.copy("whole", "resumed");
            shell.done("run", "--resume", "/demo/resumed/checkpoints/" + checkpoint);
            assertArrayEquals(shell.bytes("whole/model.safetensors"), shell.bytes("resumed/model.safetensors"));
            shell.delete("resumed");
        }
        assertTrue(shell.done("verify", "/demo/whole").out().endsWith("PASS\n"));
        assertTrue(shell.done("evaluate", "/demo/whole").out().contains("accuracy"));
        String own = "{ type: csv, file: /demo/plants.csv, target: kind, missing: keep, pictures: { photo: {} } }";
        assertTrue(shell.done("evaluate", "/demo/whole", "--data", own).out().contains("accuracy"));
        assertTrue(shell.text("whole/report.html").contains("<html"));
        shell.file("p/0.png", Samples.png(6, 6, 5));
        assertTrue(shell.execute("verify", "/demo/whole").err().contains("data changed"));
    }

    @Test
    void predict_tableWithPaths_answersEachRowInOrder() {
        run("whole");
        shell.file("new/a.png", Samples.picture("png", 12, 6, 2)).file("new/b.png", "a picture");
        shell.file("new/rows.csv", """
                site,photo,height
                bank,a.png,1
                hill,b.png,2
                hill,c.png,two
                shore,a.png,
                hill,,3
                """);
        Shell.Result result = shell.execute("predict", "/demo/whole", "--input", "/demo/new/rows.csv");
        assertEquals(ExitCode.INPUT, result.code());
        List<String> lines = result.out().lines().toList();
        assertEquals("example,class,fern,moss,problem", lines.get(0));
        assertTrue(lines.get(1).matches("0,(fern|moss),[0-9.]+,[0-9.]+,"), lines.get(1));
        assertEquals("1,,,,photo: not a picture: it begins with 61 20 70 69", lines.get(2));
        assertEquals(
                "2,,,,\"column 'height' has 'two', which is not a number; photo: there is no file 'c.png'\"",
                lines.get(3));
        assertTrue(lines.get(4).matches("3,(fern|moss),[0-9.]+,[0-9.]+,"), lines.get(4));
        assertEquals("4,,,,photo: column 'photo' has no path", lines.get(5));
        assertEquals("""
                warning: 1 unknown name written as zeros
                warning: a.png: the picture has 12 x 6 pixels: the 6 x 6 in the middle were scaled to 6 x 6, the rest was \
                cut off (fit: cover); and 1 more
                warning: 3 rows could not be predicted; the column 'problem' gives the reasons
                """, result.err());
        shell.file("new/broken.csv", "site,photo,height\nhill,b.png,2\nhill,a.png,two\n");
        assertEquals(
                """
                /demo/new/broken.csv:3: error: column 'height' has 'two', which is not a number
                   The column contains numbers such as 12, -0.5 or 1e-3.

                1 error
                """,
                shell.execute("predict", "/demo/whole", "--input", "/demo/new/broken.csv")
                        .failed(ExitCode.INPUT));
        shell.file("new/broken.csv", "site,photo,height\nhill,b.png,2\nhill,,3\n");
        assertEquals(
                """
                /demo/new/b.png: error: none of the 2 pictures can be read; the first: not a picture: it begins with 61 20 70 69
                   PNG, JPEG, GIF, BMP and TIFF are supported.

                1 error
                """,
                shell.execute("predict", "/demo/whole", "--input", "/demo/new/broken.csv")
                        .failed(ExitCode.INPUT));
    }

    @Test
    void describeAndShow_picturesBesideColumns_areTwoInputs() {
        String described = shell.done("describe", "/demo/plants.yaml").out();
        assertTrue(described.contains("input.photo"), described);
        String shown = shell.done("show", "/demo/plants.yaml", "--examples", "4", "--output", "/demo/sheet.png")
                .out();
        assertTrue(shown.contains("inputs [features 3]"), shown);
        assertTrue(shown.contains("sheet.png: 4 examples, row by row, up to 2 in each; black is 0, white is "), shown);
    }

    /** height, then site as three features, then 36 pixels. */
    @Test
    void describe_embeddedColumnBesideAPicture_keepsThePicture() {
        shell.file(
                "embedded.yaml",
                CONFIG.substring(0, CONFIG.indexOf("model:"))
                                .replace("pictures:", "encode: { site: ordinal }\n    pictures:")
                                .replace("    - { type: target_mean, columns: [ site ] }\n", "")
                                .replace(", indicator: true", "")
                                .replace("only: numbers", "columns: [ height ]")
                        + """
                        model: [ { type: embed, columns: [ site ], width: 3 }, { type: dense, units: 2, activation: softmax } ]
                        loss: cross_entropy
                        optimizer: { type: sgd, learning_rate: 0.1 }
                        training: { epochs: 1 }
                        """);
        String described = shell.done("describe", "/demo/embedded.yaml").out();
        assertTrue(described.matches("(?s).*embed_1 +embed +\\[38\\] +\\[40\\].*"), described);
        shell.done("/demo/embedded.yaml", "--run-dir", "/demo/embedded", "--quiet");
    }
}
