package dev.chainrule.bench.peer;

import dev.chainrule.bench.measure.Contestant;
import dev.chainrule.bench.measure.Workload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A peer that trains W1 as Nielsen's loop does, example by example in NumPy, by the script nielsen_loop.py. */
public final class NumpyPeer implements Contestant {
    private static final Path SCRIPT = Path.of("modules", "bench", "src", "main", "python", "nielsen_loop.py");
    private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");

    private final int count;
    private final String name;
    private final Path data;
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream requests;

    /** Start the script and pass it the examples. */
    public NumpyPeer(Workload workload, Examples examples) {
        if (workload != Workload.W1) {
            throw new IllegalArgumentException("the loop trains W1 alone");
        }
        count = examples.size();
        String python = python().orElseThrow(() -> new IllegalStateException("no python3 has NumPy"));
        try {
            data = Files.createTempFile("chainrule-bench-", ".f32");
            Files.write(data, bytes(examples));
            process = new ProcessBuilder(python, SCRIPT.toString(), data.toString(), String.valueOf(examples.size()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        requests = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        name = answer();
    }

    /** Return a Python that has NumPy. */
    public static Optional<String> python() {
        return PYTHONS.stream().filter(NumpyPeer::hasNumpy).findFirst();
    }

    private static boolean hasNumpy(String python) {
        try {
            return new ProcessBuilder(python, "-c", "import numpy")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Round round() {
        requests.println();
        String[] words = answer().split(" ");
        return new Round(
                count,
                Double.parseDouble(words[0]),
                Double.NaN,
                Double.parseDouble(words[1]),
                Double.parseDouble(words[2]),
                "");
    }

    private String answer() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException(SCRIPT + " ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Return the pixels as little-endian float32, then the labels as bytes. */
    private static byte[] bytes(Examples examples) {
        ByteBuffer buffer = ByteBuffer.allocate(examples.pixels().length * Float.BYTES + examples.size())
                .order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(examples.pixels());
        buffer.position(examples.pixels().length * Float.BYTES);
        for (int label : examples.labels()) {
            buffer.put((byte) label);
        }
        return buffer.array();
    }

    @Override
    public void close() {
        requests.close();
        try {
            process.waitFor();
            Files.deleteIfExists(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
