package dev.chainrule.app.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.compare.RunVerifier;
import dev.chainrule.app.compare.Verification;
import dev.chainrule.app.compare.VerifyListener;
import dev.chainrule.app.load.DataFiles;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunRecord;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures in files train as the same bytes do in one file. */
final class PicturesTests {
    private static final int COUNT = 2_000;
    private static final int SIDE = 28;
    private static final int CLASSES = 10;

    private static final String CONFIG = """
            data:
              train: SOURCE
              test: { count: 200 }
              transforms: [ { type: scale, by: 1/255 } ]
            model:
              - { type: dense, units: 10, activation: softmax }
            loss: cross_entropy
            optimizer: { type: adam, learning_rate: 0.01 }
            training: { epochs: 2 }
            """;

    @TempDir
    private Path folder;

    @Test
    void run_picturesInATable_hasTheBitsOfTheirBytes() throws IOException {
        Shell shell = new Shell(folder);
        byte[] pixels = new byte[COUNT * SIDE * SIDE];
        new Random(1).nextBytes(pixels);
        int[] labels = new int[COUNT];
        StringBuilder table = new StringBuilder("path,label\n");
        for (int i = 0; i < COUNT; i++) {
            labels[i] = (pixels[i * SIDE * SIDE] & 0xff) * CLASSES / 256;
            String name = labels[i] + "/" + i + ".png";
            shell.file("digits/" + name, png(pixels, i));
            table.append(name).append(',').append(labels[i]).append('\n');
        }
        shell.file("digits/all.csv", table.toString())
                .file("images", Samples.idx(pixels, COUNT, SIDE, SIDE))
                .file("labels", Samples.labels(labels))
                .file("bytes.yaml", CONFIG.replace("SOURCE", "{ type: idx, images: images, labels: labels }"))
                .file("table.yaml", CONFIG.replace("SOURCE", "{ type: images, table: digits/all.csv, channels: 1 }"))
                .file(
                        "folder.yaml",
                        CONFIG.replace("SOURCE", "{ type: images, folder: digits, channels: 1 }")
                                .replace("test: { count: 200 }", "batch_size: 100"));
        shell.done("/demo/bytes.yaml", "--run-dir", "/demo/bytes", "--quiet");
        shell.done("/demo/table.yaml", "--run-dir", "/demo/table", "--quiet");
        for (String file : new String[] {"chain.jsonl", "metrics.jsonl", "steps.bin", "model.safetensors"}) {
            assertArrayEquals(shell.bytes("bytes/" + file), shell.bytes("table/" + file), file);
        }
        assertEquals(data(shell, "bytes").get("sha256"), data(shell, "table").get("sha256"));
        String again = shell.done("verify", "/demo/table").out();
        assertTrue(again.endsWith("PASS\n"), again);

        assertEquals(
                "warning: files that do not end like pictures are ignored: all.csv\n",
                shell.execute("/demo/folder.yaml", "--run-dir", "/demo/folder", "--quiet")
                        .err());
        Map<String, Long> counts = new TreeMap<>();
        for (int label : labels) {
            counts.merge(String.valueOf(label), 1L, Long::sum);
        }
        assertEquals(counts, data(shell, "folder").get("classes"));
        assertTrue(shell.done("describe", "/demo/table.yaml").out().contains("[28, 28, 1]"));
        shell.done("report", "/demo/table");
    }

    @Test
    void predict_pictureOfAnotherSize_saysWhatWasDone() {
        Shell shell = new Shell(folder);
        for (int i = 0; i < 4; i++) {
            shell.file("shots/left/" + i + ".png", Samples.png(6, 6, i % 3))
                    .file("shots/right/" + i + ".png", Samples.png(6, 6, 3 + i % 3));
        }
        shell.file(
                        "shots.yaml",
                        CONFIG.replace("SOURCE", "{ type: images, folder: shots, height: 6, width: 6, fit: contain }")
                                .replace("test: { count: 200 }", "batch_size: 4")
                                .replace("units: 10", "units: 2")
                                .replace("epochs: 2", "epochs: 60"))
                .file("photo.jpg", Samples.picture("jpeg", 60, 30, 55));
        shell.done("/demo/shots.yaml", "--run-dir", "/demo/run", "--quiet");
        Shell.Result result = shell.execute("predict", "/demo/run", "--input", "/demo/photo.jpg");
        assertEquals(
                "warning: photo.jpg: the picture has 60 x 30 pixels: it was scaled to 6 x 3, with black above and below"
                        + " up to 6 x 6 (fit: contain)\n",
                result.err());
        assertTrue(result.out().startsWith("example,class,left,right\n0,right,"), result.out());
        String rows = shell.done("predict", "/demo/run", "--input", "/demo/shots/left/1.png")
                .out();
        assertTrue(rows.contains("\n0,left,"), rows);
        String evaluated = shell.done("evaluate", "/demo/run", "--data", "{ type: images, folder: /demo/shots }")
                .out();
        assertTrue(evaluated.contains("accuracy 1.000"), evaluated);
    }

    @Test
    void predict_tableOfPaths_answersEachRowInOrder() {
        Shell shell = new Shell(folder);
        StringBuilder table = new StringBuilder("kind;picture\n");
        for (int i = 0; i < 6; i++) {
            String name = (i < 3 ? "left/" : "right/") + i + ".png";
            shell.file("shots/" + name, Samples.png(6, 6, i));
            table.append(name, 0, name.indexOf('/')).append(';').append(name).append('\n');
        }
        shell.file("shots/all.csv", table.toString())
                .file("shots/new.csv", "picture;note\nright/5.png;\ngone.png;\n;\n../x.png;\ntext.png;\nleft/0.png;\n")
                .file("shots/text.png", "a picture")
                .file("shots/only.csv", "picture\nleft/0.png\n")
                .file("shots/other.csv", "file\nleft/0.png\n")
                .file("shots/none.csv", "picture\ngone.png\nlost.png\n")
                .file(
                        "shots.yaml",
                        CONFIG.replace(
                                        "SOURCE",
                                        "{ type: images, table: shots/all.csv, path: picture, target: kind,"
                                                + " delimiter: ;, channels: 1 }")
                                .replace("test: { count: 200 }", "batch_size: 4")
                                .replace("units: 10", "units: 2")
                                .replace("epochs: 2", "epochs: 60"));
        shell.done("/demo/shots.yaml", "--run-dir", "/demo/run", "--quiet");
        String left = shell.done("predict", "/demo/run", "--input", "/demo/shots/left/0.png")
                .out()
                .lines()
                .toList()
                .get(1)
                .substring(2);
        Shell.Result result = shell.execute("predict", "/demo/run", "--input", "/demo/shots/new.csv");
        assertEquals(ExitCode.INPUT, result.code());
        List<String> lines = result.out().lines().toList();
        assertEquals("example,file,class,left,right,problem", lines.get(0));
        assertTrue(lines.get(1).startsWith("0,right/5.png,right,"), lines.get(1));
        assertEquals(
                List.of(
                        "1,gone.png,,,,there is no file 'gone.png'",
                        "2,,,,,column 'picture' has no path",
                        "3,../x.png,,,,the path '../x.png' leads out of the folder /demo/shots",
                        "4,text.png,,,,not a picture: it begins with 61 20 70 69",
                        "5,left/0.png," + left + ","),
                lines.subList(2, lines.size()));
        assertEquals("warning: 4 rows could not be predicted; the column 'problem' gives the reasons\n", result.err());
        assertEquals(
                "example,file,class,left,right\n0,left/0.png," + left + "\n",
                shell.done("predict", "/demo/run", "--input", "/demo/shots/only.csv")
                        .out());
        assertEquals(
                """
                /demo/shots/other.csv: error: there is no column 'picture' that could contain the paths
                   Columns: file.

                1 error
                """,
                shell.execute("predict", "/demo/run", "--input", "/demo/shots/other.csv")
                        .err());
        assertEquals(
                """
                /demo/shots/none.csv: error: none of the 2 pictures can be read; the first: there is no file 'gone.png'
                   Looked for /demo/shots/gone.png.

                1 error
                """,
                shell.execute("predict", "/demo/run", "--input", "/demo/shots/none.csv")
                        .err());
        assertEquals(
                """
                /demo/shots/new.csv: error: gone.png cannot be predicted: there is no file 'gone.png'
                   4 rows cannot. Without --strict, the others are predicted.

                1 error
                """,
                shell.execute("predict", "/demo/run", "--input", "/demo/shots/new.csv", "--strict")
                        .err());
    }

    @Test
    void run_cachedPictures_areNotDecoded() throws IOException {
        Shell shell = new Shell(folder);
        for (int i = 0; i < 4; i++) {
            shell.file("shots/" + (i % 2) + "/" + i + ".png", Samples.png(6, 6, i));
        }
        shell.file(
                "shots.yaml",
                CONFIG.replace("SOURCE", "{ type: images, folder: shots }")
                        .replace("test: { count: 200 }", "batch_size: 4")
                        .replace("units: 10", "units: 2"));
        shell.done("/demo/shots.yaml", "--run-dir", "/demo/one", "--quiet");
        Path entry;
        try (Stream<Path> files = Files.list(folder.resolve("cache/chainrule/data"))) {
            entry = files.findFirst().orElseThrow();
        }
        FileTime old = FileTime.from(Instant.EPOCH);
        Object key = Files.readAttributes(entry, "*").get("fileKey");
        Files.setLastModifiedTime(entry, old);
        shell.done("/demo/shots.yaml", "--run-dir", "/demo/two", "--quiet");
        assertEquals(key, Files.readAttributes(entry, "*").get("fileKey"));
        assertTrue(Files.getLastModifiedTime(entry).compareTo(old) > 0, "the use is recorded");
        assertArrayEquals(shell.bytes("one/model.safetensors"), shell.bytes("two/model.safetensors"));

        String list = shell.done("cache", "list").out();
        assertTrue(
                list.contains("Z  0.00453 MB  4 pictures [6, 6, 3], such as 0/0.png\n1 entry with 0.00453 MB"), list);
        String cleared = shell.done("cache", "clear").out();
        assertEquals("0.00453 MB deleted in /demo/cache/chainrule/data\n", cleared);
        assertTrue(Files.notExists(entry));
        assertTrue(shell.done("cache").out().startsWith("0 entries"));
    }

    @Test
    void verify_pixelsOfAnotherDecoder_namesIt() {
        Shell shell = new Shell(folder);
        for (int i = 0; i < 4; i++) {
            shell.file("shots/" + (i % 2) + "/" + i + ".jpg", Samples.picture("jpeg", 6, 6, i));
        }
        shell.file(
                "shots.yaml",
                CONFIG.replace("SOURCE", "{ type: images, folder: shots }")
                        .replace("test: { count: 200 }", "batch_size: 4")
                        .replace("units: 10", "units: 2"));
        shell.done("/demo/shots.yaml", "--run-dir", "/demo/then", "--quiet");
        shell.copy("then", "now");
        Map<?, ?> data = data(shell, "then");
        String sha256 = (String) data.get("sha256");
        String java = (String) ((Map<?, ?>) shell.json("then/run.json").get("program")).get("java");
        shell.edit("now/run.json", sha256, "0".repeat(64)).edit("now/run.json", java, "Machine 99");
        String found = message(shell);
        assertEquals(
                "pictures decode differently here: the files of train (pictures shots, [6, 6, 3]) are those of the run,"
                        + " but Machine 99 decodes some of them (JPEG, or colours with a profile) to other levels than "
                        + java + "; the pixels had SHA-256 " + sha256 + ", now " + "0".repeat(64),
                found);
        shell.edit("now/run.json", (String) data.get("files_sha256"), "1".repeat(64));
        assertEquals(
                "data changed: train (pictures shots, [6, 6, 3]) had SHA-256 " + sha256 + ", now has " + "0".repeat(64),
                message(shell));
    }

    private String message(Shell shell) {
        RunRecord then = RunRecord.read(new RunDirectory(shell.at("then")));
        RunRecord now = RunRecord.read(new RunDirectory(shell.at("now")));
        Verification verification = new Verification("then", then, new VerifyListener() {});
        return verification
                .report(RunVerifier.compare(then, now, Optional.empty(), DataFiles.beside(folder)))
                .findings()
                .get(0)
                .message();
    }

    private static Map<?, ?> data(Shell shell, String run) {
        return (Map<?, ?>) ((Map<?, ?>) shell.json(run + "/run.json").get("data")).get("train");
    }

    private static byte[] png(byte[] pixels, int number) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < SIDE * SIDE; i++) {
            image.getRaster().setSample(i % SIDE, i / SIDE, 0, pixels[number * SIDE * SIDE + i] & 0xff);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
