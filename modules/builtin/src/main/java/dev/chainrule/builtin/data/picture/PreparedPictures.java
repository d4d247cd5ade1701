package dev.chainrule.builtin.data.picture;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.data.Sha256;
import dev.chainrule.table.cache.CacheKey;
import dev.chainrule.table.cache.CacheWriter;
import dev.chainrule.table.cache.CachedRecords;
import dev.chainrule.table.cache.DataCache;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/**
 * The preparation of pictures: decoded, brought to a size, and stored in the cache, so that they are decoded once.
 *
 * <p>The cache's key has the hash of every file's contents, the settings and the decoder. So all files are read each time, and
 * decoded only if one has changed, or if another Java would decode them. Blocks of pictures are decoded in parallel and written
 * in their order.
 *
 * @param shape of an example
 * @param fit for pictures of another size; empty if there must be none
 * @param skip whether pictures that cannot be read are skipped
 */
record PreparedPictures(PictureSet set, Shape shape, Optional<Fit> fit, boolean skip) {
    /** The Java that decodes; of JPEGs, another one may give other levels. */
    static final String DECODER =
            "Java " + System.getProperty("java.runtime.version") + " of " + System.getProperty("java.vendor");

    private static final int HASH = 32;
    private static final int BLOCK_BYTES = 1 << 24;
    private static final int LARGEST_BLOCK = 256;
    private static final int SMALLEST_BLOCK = 4;
    private static final String VERSION = "pictures 1";

    /**
     * The examples, with those that were skipped.
     *
     * @param records a record for each example
     * @param places the number of each example's picture in the set; those that are missing were skipped
     * @param files the SHA-256 of the files' contents
     */
    record Result(CachedRecords records, int[] places, List<String> warnings, String files) {}

    /** Return the examples, decoding them only if the cache does not contain them. */
    Result in(DataCache cache) {
        ForkJoinPool threads = new ForkJoinPool(Runtime.getRuntime().availableProcessors());
        try {
            return in(cache, threads);
        } finally {
            threads.shutdown();
        }
    }

    private Result in(DataCache cache, ForkJoinPool threads) {
        byte[] contents = contents(threads);
        String files = new Sha256().add(contents, 0, contents.length).hex();
        String sha256 = new Sha256()
                .add(VERSION)
                .add(DECODER)
                .add(shape.toString())
                .add(fit.map(Fit::name).orElse(""))
                .add(skip ? 1 : 0)
                .add(files)
                .hex();
        String label =
                set.size() + " pictures " + shape + ", such as " + set.names().get(0);
        CacheKey key = new CacheKey("pictures", sha256, label, shape.size(), set.size());
        CachedRecords records = cache.get(key, out -> write(contents, out, threads));
        return result(records, files);
    }

    /** Return the SHA-256 of each file, one after the other; zeros for a file that cannot be read and is skipped. */
    private byte[] contents(ForkJoinPool threads) {
        byte[] all = new byte[Math.multiplyExact(HASH, set.size())];
        List<InputException> failures = inParallel(threads, 0, set.size(), i -> {
            byte[] hash = new Sha256().add(bytes(i)).digest();
            System.arraycopy(hash, 0, all, i * HASH, HASH);
        });
        if (!skip) {
            failures.stream().filter(Objects::nonNull).findFirst().ifPresent(failure -> {
                throw refused(failure);
            });
        }
        return all;
    }

    private byte[] bytes(int i) {
        return Picture.bytes(set.files().get(i));
    }

    private void write(byte[] contents, CacheWriter out, ForkJoinPool threads) throws IOException {
        int block = Math.max(SMALLEST_BLOCK, Math.min(LARGEST_BLOCK, BLOCK_BYTES / shape.size()));
        List<String> notes = new ArrayList<>();
        int written = 0;
        Optional<InputException> first = Optional.empty();
        byte[][] decoded = new byte[block][];
        String[] remarks = new String[block];
        for (int from = 0; from < set.size(); from += block) {
            int begin = from;
            int end = Math.min(set.size(), from + block);
            List<InputException> failures =
                    inParallel(threads, begin, end, i -> decoded[i - begin] = decode(i, contents, remarks, i - begin));
            for (int i = begin; i < end; i++) {
                InputException failure = failures.get(i - begin);
                if (failure == null) {
                    out.append(decoded[i - begin], 0, shape.size());
                    written++;
                    if (!remarks[i - begin].isEmpty()) {
                        notes.add("warning\t" + i + "\t" + remarks[i - begin]);
                    }
                } else if (skip) {
                    notes.add("skipped\t" + i + "\t" + failure.getMessage());
                    first = first.or(() -> Optional.of(failure));
                } else {
                    throw refused(failure);
                }
            }
        }
        if (written == 0) {
            throw new InputException(
                            "none of the " + set.size() + " pictures can be read; the first: "
                                    + first.orElseThrow().getMessage(),
                            first.orElseThrow().notes().toArray(String[]::new))
                    .inFile(set.files().get(0).toString());
        }
        out.notes(String.join("\n", notes).getBytes(StandardCharsets.UTF_8));
    }

    private static InputException refused(InputException failure) {
        List<String> notes = new ArrayList<>(failure.notes());
        notes.add("With broken: skip, such files are skipped.");
        return new InputException(failure.getMessage(), notes.toArray(String[]::new))
                .inFile(failure.file().orElseThrow());
    }

    private byte[] decode(int i, byte[] contents, String[] remarks, int place) {
        Path file = set.files().get(i);
        byte[] bytes = bytes(i);
        if (!Arrays.equals(new Sha256().add(bytes).digest(), 0, HASH, contents, i * HASH, (i + 1) * HASH)) {
            throw new InputException("the file has changed while it was read", "Repeat the command.")
                    .inFile(file.toString());
        }
        Picture picture = Picture.of(file, bytes);
        List<Integer> sides = shape.dimensions();
        if (fit.isEmpty() && (picture.height() != sides.get(0) || picture.width() != sides.get(1))) {
            throw new InputException(
                            "the picture has " + picture.width() + " x " + picture.height()
                                    + " pixels, but the first one has " + sides.get(1) + " x " + sides.get(0),
                            "Give height: and width:, the size to which all are brought.")
                    .inFile(file.toString());
        }
        byte[] pixels = picture.pixels(sides.get(2), false);
        remarks[place] = picture.warnings().stream()
                .map(warning -> warning.substring(file.getFileName().toString().length() + 2))
                .findFirst()
                .orElse("");
        return fit.isEmpty()
                ? pixels
                : fit.get().apply(pixels, picture.height(), picture.width(), sides.get(2), sides.get(0), sides.get(1));
    }

    /** A part of the work, for one picture. */
    @FunctionalInterface
    private interface Work {
        void run(int picture);
    }

    /** Do the work for some pictures, and return the failure of each, null if it has none. */
    private static List<InputException> inParallel(ForkJoinPool threads, int from, int end, Work work) {
        InputException[] failures = new InputException[end - from];
        threads.submit(() -> IntStream.range(from, end).parallel().forEach(i -> {
                    try {
                        work.run(i);
                    } catch (InputException e) {
                        failures[i - from] = e;
                    }
                }))
                .join();
        return Arrays.asList(failures);
    }

    private Result result(CachedRecords records, String files) {
        List<String> warnings = new ArrayList<>(set.warnings());
        List<String> remarks = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        boolean[] missing = new boolean[set.size()];
        new String(records.notes(), StandardCharsets.UTF_8).lines().forEach(line -> {
            String[] parts = line.split("\t", 3);
            int number = Integer.parseInt(parts[1]);
            String named = set.names().get(number) + ": " + parts[2];
            if (parts[0].equals("skipped")) {
                missing[number] = true;
                skipped.add(named);
            } else {
                remarks.add(named);
            }
        });
        if (!skipped.isEmpty()) {
            warnings.add(skipped.size() + " of " + set.size() + " pictures cannot be read and are skipped: "
                    + first(skipped));
        }
        if (!remarks.isEmpty()) {
            warnings.add(first(remarks));
        }
        int[] places = IntStream.range(0, set.size()).filter(i -> !missing[i]).toArray();
        return new Result(records, places, warnings, files);
    }

    private static String first(List<String> texts) {
        return texts.get(0) + (texts.size() == 1 ? "" : "; and " + (texts.size() - 1) + " more");
    }
}
