package dev.chainrule.builtin.data;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Provenance;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Grey images, and the numbers of their classes, as bytes; a batch's numbers are computed when it is read. */
public final class ImageBytes implements DataSource {
    private static final int CACHE_LINE = 64;

    private final LazyBytes images;
    private final Optional<byte[]> labels;
    private final Range range;
    private final Encoding encoding;
    private final Lazy<Provenance> provenance;
    private final List<String> warnings;
    private final int pixels;
    /**
     * Prevents the compiler from removing the reads of {@link #prefetch}. Never written: threads would wait for one
     * another.
     */
    @SuppressWarnings("UnusedVariable")
    private int touched;

    /**
     * Create a source.
     *
     * @param images one after another, each of the encoding's shape; those outside the range are never read
     * @param labels one class number each, like the images; empty for images without labels
     * @param origin the origin of the images, in words
     */
    public ImageBytes(
            LazyBytes images,
            Optional<byte[]> labels,
            Range range,
            Encoding encoding,
            String origin,
            List<String> warnings) {
        this.images = images;
        this.labels = labels;
        this.range = range;
        this.encoding = encoding;
        this.pixels = encoding.shape().size();
        this.warnings = List.copyOf(warnings);
        this.provenance = new Lazy<>(() -> new Provenance(origin, hash()));
    }

    @Override
    public int size() {
        return range.size();
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }

    @Override
    public void readInput(int index, Matrix x, int row) {
        int first = place(index) * pixels;
        x.setRow(row, images.upTo(first + pixels), first);
    }

    @Override
    public void prefetch(int index) {
        int first = place(index) * pixels;
        int end = first + pixels;
        byte[] bytes = images.upTo(end);
        int sum = 0;
        for (int i = first; i < end; i += CACHE_LINE) {
            sum += bytes[i];
        }
        if (sum == Integer.MIN_VALUE) { // no sum of so few bytes has this value
            touched = sum;
        }
    }

    @Override
    public void readTarget(int index, Matrix y, int row) {
        byte[] numbers = labels.orElseThrow(() -> new IllegalStateException("opened without labels"));
        y.set(row, 0, numbers[place(index)] & 0xff);
    }

    @Override
    public void load() {
        images.all();
    }

    /** The whole file's images and labels, those outside the range included. */
    @Override
    public long bytes() {
        return labels.map(numbers -> numbers.length).orElse(range.first() + range.size()) * (pixels + 1L);
    }

    @Override
    public Provenance provenance() {
        return provenance.get();
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    private int place(int index) {
        return range.first() + Objects.checkIndex(index, range.size());
    }

    /** Return the beginning of the hash of images: their pixels follow, then their labels, a byte each. */
    public static Sha256 hash(int size, Shape shape) {
        // Channels first, as shapes were written when data got their first hashes: the same data keep theirs.
        List<Integer> sides = shape.dimensions();
        return new Sha256().add(size + " images " + List.of(sides.get(2), sides.get(0), sides.get(1)));
    }

    private String hash() {
        Sha256 sha256 = hash(range.size(), encoding.shape());
        sha256.add(images.all(), range.first() * pixels, range.size() * pixels);
        labels.ifPresent(numbers -> sha256.add(numbers, range.first(), range.size()));
        return sha256.hex();
    }
}
