package dev.chainrule.builtin.data.picture;

import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Provenance;
import dev.chainrule.builtin.data.ImageBytes;
import dev.chainrule.builtin.data.Lazy;
import dev.chainrule.builtin.data.Sha256;
import dev.chainrule.math.Matrix;
import dev.chainrule.table.cache.CachedRecords;
import dev.chainrule.table.cache.DataCache;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Pictures as bytes in the cache, and the numbers of their classes; a batch's numbers are computed when it is read. */
final class CachedPictures implements DataSource {
    /** The fate of pictures that cannot be read. */
    enum Broken {
        /** They are refused. */
        ERROR,
        /** They are counted in a warning. */
        SKIP,
        /** They are rows without a prediction. */
        REPORT
    }

    /** The memory of a picture's paths and label, about. */
    private static final int PATHS = 400;

    private final PictureSet set;
    private final Lazy<PreparedPictures.Result> prepared;
    private final Encoding encoding;
    private final Broken broken;
    private final Lazy<Provenance> provenance;

    /**
     * Return pictures, which are decoded when the first is read; at once unless those that cannot be read are an error, because their
     * number decides that of the examples.
     *
     * @param origin the pictures, in words
     */
    static CachedPictures of(
            PictureSet set, PictureForm form, Encoding encoding, Broken broken, String origin, DataContext context) {
        PreparedPictures pictures = new PreparedPictures(set, form, broken != Broken.ERROR, context.predicting());
        Lazy<PreparedPictures.Result> prepared =
                new Lazy<>(() -> pictures.in(DataCache.of(context::environment), context.progress()));
        if (broken != Broken.ERROR) {
            prepared.get();
        }
        return new CachedPictures(set, prepared, encoding, broken, origin);
    }

    private CachedPictures(
            PictureSet set, Lazy<PreparedPictures.Result> prepared, Encoding encoding, Broken broken, String origin) {
        this.set = set;
        this.prepared = prepared;
        this.encoding = encoding;
        this.broken = broken;
        this.provenance = new Lazy<>(
                () -> new Provenance(origin, hash(), Optional.of(prepared.get().files())));
    }

    @Override
    public int size() {
        return mayMiss() ? prepared.get().places().length : set.size();
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }

    @Override
    public void readInput(int index, Matrix x, int row) {
        prepared.get().records().read(index, x, row);
    }

    /** Write the levels of a picture into a row, from a column on. */
    void readInput(int index, Matrix x, int row, int column) {
        prepared.get().records().read(index, x, row, column);
    }

    @Override
    public void prefetch(int index) {
        prepared.get().records().touch(index);
    }

    @Override
    public void readTarget(int index, Matrix y, int row) {
        y.set(row, 0, label(index));
    }

    private int label(int index) {
        return set.labels().orElseThrow(() -> new IllegalStateException("opened without labels"))[place(index)];
    }

    private int place(int index) {
        return mayMiss() ? prepared.get().places()[index] : index;
    }

    @Override
    public void load() {
        prepared.get();
    }

    /** The paths and labels, and the pixels if they are few. */
    @Override
    public long bytes() {
        long pixels = (long) encoding.shape().size() * set.size();
        return (long) PATHS * set.size() + CachedRecords.memory(pixels);
    }

    @Override
    public Optional<String> location(int index) {
        return Optional.of(set.files().get(place(index)).toString());
    }

    @Override
    public Provenance provenance() {
        return provenance.get();
    }

    /** Return the pictures that cannot be read, by number in the set, with the reason; none if they are an error. */
    SortedMap<Integer, String> skipped() {
        return mayMiss() ? prepared.get().skipped() : Collections.emptySortedMap();
    }

    /** Return the index of a picture that can be read. */
    int index(int number) {
        return mayMiss() ? Arrays.binarySearch(prepared.get().places(), number) : number;
    }

    /** Return whether there may be fewer examples than pictures. */
    private boolean mayMiss() {
        return broken != Broken.ERROR;
    }

    @Override
    public SortedMap<Integer, String> unusable() {
        return broken == Broken.REPORT ? skipped() : Collections.emptySortedMap();
    }

    @Override
    public Optional<String> rowName(int row) {
        return broken == Broken.REPORT ? Optional.of(set.names().get(row)) : Optional.empty();
    }

    @Override
    public List<String> warnings() {
        if (!mayMiss()) {
            return set.warnings();
        }
        List<String> warnings = new ArrayList<>(prepared.get().warnings());
        SortedMap<Integer, String> skipped = prepared.get().skipped();
        if (broken == Broken.SKIP && !skipped.isEmpty()) {
            int first = skipped.firstKey();
            warnings.add(skipped.size() + " of " + set.size() + " pictures cannot be read and are skipped: "
                    + set.names().get(first) + ": " + skipped.get(first)
                    + (skipped.size() == 1 ? "" : "; and " + (skipped.size() - 1) + " more"));
        }
        return warnings;
    }

    /** Hash as {@link ImageBytes} does: the same pixels and labels have the same hash, whatever they were read from. */
    private String hash() {
        Sha256 sha256 = ImageBytes.hash(size(), encoding.shape());
        prepared.get().records().forEachPart(sha256::add);
        if (set.labels().isPresent()) {
            boolean large = encoding.target().names().size() > 1 << Byte.SIZE;
            byte[] labels = new byte[large ? 0 : size()];
            for (int i = 0; i < size(); i++) {
                if (large) {
                    sha256.add(label(i));
                } else {
                    labels[i] = (byte) label(i);
                }
            }
            sha256.add(labels, 0, labels.length);
        }
        return sha256.hex();
    }
}
