package dev.chainrule.builtin.data.picture;

import dev.chainrule.api.error.InputException;
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
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The preparation of pictures: decoded, brought to a size, and stored in the cache, so that they are decoded once.
 *
 * <p>The cache's key has the hash of every file's contents, the settings and the decoder. So all files are read each time, and
 * decoded only if one has changed, or if another Java would decode them. Blocks of pictures are decoded in parallel and written
 * in their order.
 *
 * @param form to which they are brought
 * @param skip whether pictures that cannot be read are skipped
 * @param told whether changes of pictures are warnings
 */
record PreparedPictures(PictureSet set, PictureForm form, boolean skip, boolean told) {
    /** The Java that decodes; of JPEGs, another one may give other levels. */
    static final String DECODER =
            "Java " + System.getProperty("java.runtime.version") + " of " + System.getProperty("java.vendor");

    private static final int HASH = 32;
    private static final int BLOCK_BYTES = 1 << 24;
    private static final int LARGEST_BLOCK = 256;
    private static final int SMALLEST_BLOCK = 4;
    private static final String VERSION = "pictures 2";

    /**
     * The examples, with those that were skipped.
     *
     * @param records a record for each example
     * @param places the number of each example's picture in the set; those that are missing were skipped
     * @param skipped the pictures that were skipped, with the reason
     * @param warnings on others
     * @param files the SHA-256 of the files' contents
     */
    record Result(
            CachedRecords records,
            int[] places,
            SortedMap<Integer, String> skipped,
            List<String> warnings,
            String files) {}

    /**
     * Return the examples, decoding them only if the cache does not contain them.
     *
     * @param progress receives the number of those that are decoded, block by block
     */
    Result in(DataCache cache, Consumer<String> progress) {
        ForkJoinPool threads = new ForkJoinPool(Runtime.getRuntime().availableProcessors());
        try {
            return in(cache, progress, threads);
        } finally {
            threads.shutdown();
        }
    }

    private Result in(DataCache cache, Consumer<String> progress, ForkJoinPool threads) {
        byte[] contents = contents(threads);
        String files = new Sha256().add(contents, 0, contents.length).hex();
        String sha256 = new Sha256()
                .add(VERSION)
                .add(DECODER)
                .add(form.text())
                .add(skip ? 1 : 0)
                .add(told ? 1 : 0)
                .add(files)
                .hex();
        String label = set.size() + " pictures " + form.shape() + ", such as "
                + set.names().get(0);
        CacheKey key = new CacheKey("pictures", sha256, label, form.shape().size(), set.size());
        try {
            return result(cache.get(key, out -> write(contents, out, progress, threads)), files);
        } finally {
            progress.accept("");
        }
    }

    /** Return the SHA-256 of each file, one after the other; that of the reason for a file that cannot be read and is skipped. */
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
        for (int i = 0; i < failures.size(); i++) {
            if (failures.get(i) != null) {
                byte[] hash = new Sha256().add(failures.get(i).getMessage()).digest();
                System.arraycopy(hash, 0, all, i * HASH, HASH);
            }
        }
        return all;
    }

    private byte[] bytes(int i) {
        if (set.refused().containsKey(i)) {
            throw set.refused().get(i);
        }
        return Picture.bytes(set.files().get(i));
    }

    private void write(byte[] contents, CacheWriter out, Consumer<String> progress, ForkJoinPool threads)
            throws IOException {
        int block = Math.max(
                SMALLEST_BLOCK,
                Math.min(LARGEST_BLOCK, BLOCK_BYTES / form.shape().size()));
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
                    out.append(decoded[i - begin], 0, form.shape().size());
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
            if (end < set.size()) {
                progress.accept(String.format(Locale.ROOT, "decoding pictures: %,d of %,d", end, set.size()));
            }
        }
        if (written == 0) {
            throw new InputException(
                            (set.size() == 1
                                            ? "the only picture cannot be read: "
                                            : "none of the " + set.size() + " pictures can be read; the first: ")
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
        PictureForm.Formed formed = form.formed(picture);
        List<String> told = new ArrayList<>(picture.warnings().stream()
                .map(warning -> warning.substring(file.getFileName().toString().length() + 2))
                .limit(1)
                .toList());
        if (this.told) {
            told.addAll(formed.changes());
        }
        remarks[place] = String.join("; ", told);
        return formed.pixels();
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
        List<String> remarks = new ArrayList<>();
        SortedMap<Integer, String> skipped = new TreeMap<>();
        new String(records.notes(), StandardCharsets.UTF_8).lines().forEach(line -> {
            String[] parts = line.split("\t", 3);
            int number = Integer.parseInt(parts[1]);
            if (parts[0].equals("skipped")) {
                skipped.put(number, parts[2]);
            } else {
                remarks.add(set.names().get(number) + ": " + parts[2]);
            }
        });
        List<String> warnings = new ArrayList<>(set.warnings());
        if (!remarks.isEmpty()) {
            warnings.add(remarks.get(0) + (remarks.size() == 1 ? "" : "; and " + (remarks.size() - 1) + " more"));
        }
        int[] places = IntStream.range(0, set.size())
                .filter(i -> !skipped.containsKey(i))
                .toArray();
        return new Result(records, places, skipped, warnings, files);
    }
}
