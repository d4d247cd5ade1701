package dev.chainrule.app.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.ForeignSafetensors;
import dev.chainrule.app.testing.ForeignSafetensors.Tensor;
import dev.chainrule.app.testing.InProcess;
import dev.chainrule.engine.files.Safetensors;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Let readers and writers that share no code with this program judge the files it writes, and give it theirs to begin with:
 * src/test/oracle/read_safetensors.py and write_safetensors.py, and {@link ForeignSafetensors}.
 */
class SafetensorsReaderTests {
    private static final Path READER = InProcess.ROOT.resolve("modules/app/src/test/oracle/read_safetensors.py");
    private static final Path WRITER = READER.resolveSibling("write_safetensors.py");
    private static final String CONFIG = """
            precision: %s
            data:
              train: { type: inline, rows: [ [ 0, 0 ], [ 0, 1 ], [ 1, 0 ], [ 1, 1 ] ], labels: [ "no", "ja·", "ja·", "no" ] }
              transforms: [ standardize ]
              batch_size: 2
            model:
              - { type: dense, units: 3, activation: tanh }
              - batch_norm
              - { type: dense, units: 2, activation: softmax }
            loss: cross_entropy
            optimizer: adam
            training: { epochs: 2 }
            hooks: [ checkpoint ]
            """;

    @TempDir
    private Path folder;

    private void requirePython() {
        boolean found;
        try {
            found = python("--version").code() == 0;
        } catch (IOException e) {
            found = false;
        }
        Assumptions.assumeTrue(found, "python3 is not on the PATH, so no outside reader can judge the file");
    }

    @Test
    void reader_ofWrittenFiles_findsTheSameSums() throws IOException {
        requirePython();
        for (String precision : List.of("float32", "float64")) {
            Path run = train(precision);
            List<Path> files =
                    List.of(run.resolve("model.safetensors"), run.resolve("checkpoints/epoch-0002.safetensors"));
            List<String> expected = new ArrayList<>();
            for (Path file : files) {
                Safetensors.read(file)
                        .tensors()
                        .forEach((name, tensor) -> expected.add(name + " " + dtype(tensor) + " " + tensor.rows() + "x"
                                + tensor.columns() + " " + Double.toHexString(exactSum(tensor))));
            }
            assertEquals(
                    10 + 10 + 12 + 2,
                    expected.size(),
                    "model, and model with two moments of six parameters and the history of two metrics");
            Answer answer = read(files);
            assertEquals("", answer.err());
            assertEquals(0, answer.code());
            assertEquals(
                    expected,
                    answer.out().lines().map(SafetensorsReaderTests::withHexSum).toList());
        }
    }

    @Test
    void reader_ofBrokenFiles_saysWhatIsWrong() throws IOException {
        requirePython();
        byte[] whole = Files.readAllBytes(train("float32").resolve("model.safetensors"));
        Map<String, byte[]> broken = Map.of(
                "ends at byte [0-9]+ of [0-9]+", Arrays.copyOf(whole, whole.length - 4),
                "the tensors end at byte [0-9]+ of [0-9]+", Arrays.copyOf(whole, whole.length + 4),
                "[0-9]+ bytes, at least 8 are required", Arrays.copyOf(whole, 5),
                "a header of [0-9]+ bytes, [0-9]+ follow", Arrays.copyOf(whole, 30),
                "a header of [0-9]+ bytes, a multiple of 8 is required", lengthened(whole),
                "batch_norm_1.beta has the unknown dtype F23", replaced(whole, "\"F32\"", "\"F23\""),
                "dense_1.weights has 24 bytes, F32 \\[3, 3] needs 36", replaced(whole, "[2,3]", "[3,3]"));
        assertEquals(7, broken.size());
        for (Map.Entry<String, byte[]> entry : broken.entrySet()) {
            Path file = Files.write(folder.resolve("broken.safetensors"), entry.getValue());
            Answer answer = read(List.of(file));
            assertEquals(1, answer.code(), entry.getKey());
            assertTrue(answer.err().matches("(?s).*broken.safetensors: .*(" + entry.getKey() + ").*\n"), answer.err());
        }
    }

    @Test
    void foreignReader_ofWrittenFiles_findsTheSameElements() throws IOException {
        for (String precision : List.of("float32", "float64")) {
            Path file = train(precision).resolve("checkpoints/epoch-0002.safetensors");
            Map<String, Tensor> foreign = ForeignSafetensors.read(file);
            assertEquals(24, foreign.size());
            Safetensors.read(file).tensors().forEach((name, tensor) -> assertSame(foreign.get(name), tensor, name));
        }
    }

    @Test
    void startFrom_foreignFile_beginsWithItsElements() throws IOException {
        Path file = folder.resolve("foreign.safetensors");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("out/bias", Tensor.doubles(new int[] {2}, 0.25, -1.0 / 3));
        tensors.put("hidden.weights", Tensor.floats(new int[] {2, 3}, 0.1f, -0.2f, 0.3f, -0.0, 1e-40f, 3e38f));
        tensors.put("hidden.biases", Tensor.floats(new int[] {1, 3}, 1, 2, 3));
        tensors.put("out/weights", Tensor.doubles(new int[] {3, 2}, 1, 2, 3, 4, 5, 1e-300));
        tensors.put("seen", new Tensor("I64", new int[] {1}, new double[1]));
        ForeignSafetensors.write(file, tensors);
        assertStarts(file, tensors);
    }

    @Test
    void startFrom_fileOfPython_beginsWithItsElements() throws IOException {
        requirePython();
        Path file = folder.resolve("python.safetensors");
        List<String> args = List.of("-B", WRITER.toString(), file.toString());
        String tensors =
                "out/weights F64 3x2 1 hidden.weights F32 2x3 2 hidden.biases F32 3 3 out/bias F64 1x2 4 seen F64 5 5";
        Answer answer = python(
                Stream.concat(args.stream(), Arrays.stream(tensors.split(" "))).toArray(String[]::new));
        assertEquals("", answer.err());
        Map<String, Tensor> written = ForeignSafetensors.read(file);
        assertEquals(
                StrictMath.sin(6), written.get("out/weights").elements()[5], Math.ulp(1.0), "another library's sine");
        assertStarts(file, written);
    }

    /** Begin from tensors of other names, and find them among the initial tensors that the run stores. */
    private void assertStarts(Path file, Map<String, Tensor> tensors) throws IOException {
        String still = CONFIG.formatted("float32")
                .replace("- batch_norm\n  ", "")
                .replace("optimizer: adam", "optimizer: { type: sgd, learning_rate: 0 }\nallow: [ nothing_learns ]")
                .replace("hooks: [ checkpoint ]\n", "");
        Path config = Files.writeString(folder.resolve("still.yaml"), still);
        Path run = folder.resolve("started");
        List<String> args = new ArrayList<>(List.of(config.toString(), "--run-dir", run.toString(), "--quiet"));
        args.addAll(List.of("--start-from", file.toString(), "--start-fresh", "transforms", "--start-skip", "seen"));
        args.addAll(List.of("--start-rename", "hidden=dense_1", "--start-rename", "out/weights=dense_2.weights"));
        args.addAll(List.of("--start-rename", "out/bias=dense_2.biases"));
        InProcess done = InProcess.run(args.toArray(String[]::new));
        assertEquals("", done.err());
        assertEquals(ExitCode.DONE, done.code());
        SortedMap<String, Matrix> start =
                Safetensors.read(run.resolve("start.safetensors")).tensors();
        assertSame(tensors.get("hidden.weights"), start.get("dense_1.weights"), "hidden weights");
        assertSame(tensors.get("hidden.biases"), start.get("dense_1.biases"), "hidden biases");
        assertSame(tensors.get("out/weights"), start.get("dense_2.weights"), "output weights");
        assertSame(tensors.get("out/bias"), start.get("dense_2.biases"), "output biases");
    }

    /** Require equal elements, those of float64 rounded where the matrix is of float32. */
    private static void assertSame(Tensor expected, Matrix got, String what) {
        double[] elements = expected.elements();
        assertEquals(elements.length, got.size(), what);
        for (int i = 0; i < elements.length; i++) {
            double want = got.precision() == Precision.FLOAT32 ? (float) elements[i] : elements[i];
            assertEquals(want, got.get(i / got.columns(), i % got.columns()), what + " at " + i);
        }
    }

    private Path train(String precision) throws IOException {
        Path config = Files.writeString(folder.resolve("tiny.yaml"), CONFIG.formatted(precision));
        Path run = folder.resolve(precision);
        InProcess done = InProcess.run(config.toString(), "--run-dir", run.toString(), "--threads", "1", "--quiet");
        assertEquals("", done.err());
        assertEquals(ExitCode.DONE, done.code());
        return run;
    }

    private static String dtype(Matrix tensor) {
        return tensor.precision() == Precision.FLOAT32 ? "F32" : "F64";
    }

    /** Sum exactly and round once, as Python's math.fsum does. */
    private static double exactSum(Matrix tensor) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < tensor.rows(); i++) {
            for (int j = 0; j < tensor.columns(); j++) {
                sum = sum.add(new BigDecimal(tensor.get(i, j)));
            }
        }
        return sum.doubleValue();
    }

    private static String withHexSum(String line) {
        int last = line.lastIndexOf(' ') + 1;
        return line.substring(0, last) + Double.toHexString(Double.parseDouble(line.substring(last)));
    }

    private static byte[] lengthened(byte[] whole) {
        byte[] copy = whole.clone();
        copy[0]++;
        return copy;
    }

    /** Replace the first occurrence of a text by one of the same length. */
    private static byte[] replaced(byte[] whole, String text, String other) {
        String latin = new String(whole, StandardCharsets.ISO_8859_1);
        assertTrue(latin.contains(text), text);
        return latin.replaceFirst(Pattern.quote(text), Matcher.quoteReplacement(other))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private record Answer(int code, String out, String err) {}

    private Answer read(List<Path> files) throws IOException {
        List<String> args = new ArrayList<>(List.of("-B", READER.toString()));
        files.forEach(file -> args.add(file.toString()));
        return python(args.toArray(String[]::new));
    }

    private Answer python(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of("python3"));
        command.addAll(List.of(args));
        Path out = folder.resolve("python.out");
        Path err = folder.resolve("python.err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "python3 hangs");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            process.destroyForcibly();
        }
        return new Answer(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
