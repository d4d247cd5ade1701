package dev.chainrule.engine.contract;

import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.files.FolderWalk;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * The contract of every {@link DataSourceSpec} and its source, checked for some of the examples, without network and
 * environment, with an empty cache:
 *
 * <ul>
 *   <li>there is at least one example; reading it writes the whole requested row, with finite numbers, and no other;
 *   <li>a target fits its description: the number of a class, one-hot, or numbers;
 *   <li>the same index gives the same example: read again, from several threads, and from the source reopened, loaded or not;
 *   <li>reopened, with the encoding of the training examples, or without labels, it has the same size, the same encoding of
 *       inputs and the same hash.
 * </ul>
 */
public final class DataSourceContract {
    private static final int EXAMPLES = 32;
    private static final int THREADS = 3;
    private static final Encoding IMAGES =
            new Encoding(Shape.of(8, 8, 1), List.of(), new Target(Target.Form.CLASS_INDEX, List.of("u", "v")));
    private static final String SHA256 = "[0-9a-f]{64}";
    /** The variable of the cache's folder. */
    private static final String CACHE = "CHAINRULE_CACHE";

    private final Probe probe = new Probe();
    private final DataSourceSpec spec;
    private final Path folder;
    private final Path cache = Path.of(
            System.getProperty("java.io.tmpdir"),
            "chainrule-contract-" + ProcessHandle.current().pid());
    private final Findings findings;

    private DataSourceContract(DataSourceSpec spec, Path folder, Findings findings) {
        this.spec = spec;
        this.folder = folder;
        this.findings = findings;
    }

    /**
     * Return everything that breaks the contract; empty if it is kept.
     *
     * @param folder of the config, to which paths are relative
     */
    public static List<Finding> check(DataSourceSpec spec, Path folder) {
        return Findings.of(findings -> new DataSourceContract(spec, folder, findings).check());
    }

    /** The values that a source may request when it is opened. */
    private record Surroundings(Path folder, Path cache, Optional<Encoding> training, boolean labelled)
            implements DataContext {
        @Override
        public Path resolve(String path) {
            return folder.resolve(path);
        }

        @Override
        public boolean offline() {
            return true;
        }

        @Override
        public Optional<String> environment(String name) {
            return Optional.of(cache.toString()).filter(path -> name.equals(CACHE));
        }
    }

    private void check() {
        try {
            checkOpen();
        } finally {
            deleteCache();
        }
    }

    private void deleteCache() {
        try {
            if (Files.exists(cache)) {
                FolderWalk.delete(cache);
            }
        } catch (IOException e) {
            // temporary files may stay
        }
    }

    private void checkOpen() {
        try {
            check(new Surroundings(folder, cache, Optional.empty(), true));
        } catch (InputException refused) {
            // A source may be for predictions only.
            try {
                check(new Surroundings(folder, cache, Optional.of(IMAGES), false));
            } catch (InputException e) {
                findings.add("open", "a source", "the error '" + refused.getMessage() + "'", "");
            }
        }
    }

    private void check(Surroundings context) {
        DataSource source = spec.open(context);
        int size = source.size();
        Encoding encoding = source.encoding();
        findings.require(size >= 1, "size()", "1 or more", size);
        if (!findings.none()) {
            return;
        }
        int[] places = IntStream.range(0, Math.min(EXAMPLES, size))
                .map(i -> (int) ((long) i * size / Math.min(EXAMPLES, size)))
                .toArray();
        Matrix x = rows(source, places, true, encoding.shape().size());
        Matrix x32 = read(source, places, x.columns(), true, probe.float32());
        findings.close("float32 x", x, x32, 0x1p-24, "", x);
        checkThreads(source, places, x, true);
        String hash = source.provenance().sha256();
        findings.require(hash != null && hash.matches(SHA256), "SHA-256 of the content", "64 hexadecimal digits", hash);
        if (!findings.none()) {
            return;
        }
        checkOpened(context, "opened again", source, places, x);
        checkOpened(
                new Surroundings(folder, cache, Optional.of(encoding), false),
                "opened without labels",
                source,
                places,
                x);
        if (context.labelled()) {
            Matrix y = rows(source, places, false, encoding.target().size());
            for (int i = 0; i < places.length; i++) {
                for (int row = 0; row < encoding.target().rows(); row++) {
                    checkTarget(encoding.target(), y, i, row * encoding.target().width());
                }
            }
            checkThreads(source, places, y, false);
            checkOpened(
                    new Surroundings(folder, cache, Optional.of(encoding), true),
                    "opened for testing",
                    source,
                    places,
                    x);
        }
    }

    private Matrix rows(DataSource source, int[] places, boolean input, int columns) {
        Matrix all = probe.float64().matrix(places.length, columns);
        for (int i = 0; i < places.length; i++) {
            checkRow(source, places[i], input, all, i);
        }
        return all;
    }

    private void checkRow(DataSource source, int index, boolean input, Matrix into, int row) {
        String what = (input ? "x" : "y") + " of example " + index;
        Matrix three = Probe.unwritten(probe.float64(), 3, into.columns());
        read(source, index, input, three, 1);
        for (int j = 0; j < into.columns(); j++) {
            into.set(row, j, three.get(1, j));
            findings.require(
                    Double.isFinite(three.get(1, j)), what + " [" + j + "]", "a finite number", three.get(1, j));
            findings.require(
                    Double.isNaN(three.get(0, j)) && Double.isNaN(three.get(2, j)),
                    what + " written to row 1",
                    "the other rows as they were",
                    "another row modified");
        }
    }

    private void checkTarget(Target target, Matrix y, int row, int first) {
        String what = "y of " + target.form();
        int classes = target.names().size();
        if (target.form() == Target.Form.CLASS_INDEX) {
            double number = y.get(row, first);
            findings.require(
                    number >= 0 && number < classes && number == Math.rint(number),
                    what,
                    "0 … " + (classes - 1),
                    number);
        } else if (target.form() == Target.Form.ONE_HOT) {
            long ones = IntStream.range(0, classes)
                    .filter(j -> y.get(row, first + j) == 1)
                    .count();
            long zeros = IntStream.range(0, classes)
                    .filter(j -> y.get(row, first + j) == 0)
                    .count();
            findings.require(
                    ones == 1 && zeros == classes - 1, what, "one 1 among zeros", ones + " ones, " + zeros + " zeros");
        }
    }

    private void checkThreads(DataSource source, int[] places, Matrix expected, boolean input) {
        List<CompletableFuture<Matrix>> readers = IntStream.range(0, THREADS)
                .mapToObj(thread -> CompletableFuture.supplyAsync(
                        () -> read(source, places, expected.columns(), input, probe.float64())))
                .toList();
        readers.forEach(reader ->
                findings.untouched((input ? "x" : "y") + " read by " + THREADS + " threads", expected, reader.join()));
    }

    private void checkOpened(Surroundings context, String how, DataSource first, int[] places, Matrix x) {
        DataSource again = spec.open(context);
        again.load();
        findings.require(again.size() == first.size(), "size() when " + how, first.size(), again.size());
        String expected = first.provenance().sha256();
        String got = again.provenance().sha256();
        // Without labels less may be read.
        findings.require(!context.labelled() || expected.equals(got), "SHA-256 when " + how, expected, got);
        Encoding encoding = again.encoding();
        findings.require(
                encoding.shape().equals(first.encoding().shape())
                        && encoding.inputs().equals(first.encoding().inputs())
                        && encoding.columns().equals(first.encoding().columns()),
                "encoding() of inputs when " + how,
                inputs(first.encoding()),
                inputs(encoding));
        if (findings.none()) {
            findings.untouched("x when " + how, x, read(again, places, x.columns(), true, probe.float64()));
        }
    }

    private static String inputs(Encoding encoding) {
        return encoding.shape()
                + (encoding.inputs().isEmpty() ? " " : " " + encoding.inputs() + " ")
                + encoding.columns();
    }

    /** Read some examples, every other one prefetched, the last one first: no order is promised. */
    private static Matrix read(DataSource source, int[] places, int columns, boolean input, Kernels kernels) {
        Matrix all = kernels.matrix(places.length, columns);
        for (int i = 0; i < places.length; i += 2) {
            source.prefetch(places[i]);
        }
        for (int i = places.length - 1; i >= 0; i--) {
            read(source, places[i], input, all, i);
        }
        return all;
    }

    private static void read(DataSource source, int index, boolean input, Matrix into, int row) {
        if (input) {
            source.readInput(index, into, row);
        } else {
            source.readTarget(index, into, row);
        }
    }
}
