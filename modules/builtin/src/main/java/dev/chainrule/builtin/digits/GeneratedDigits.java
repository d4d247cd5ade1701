package dev.chainrule.builtin.digits;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Provenance;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.data.Lazy;
import dev.chainrule.builtin.data.Sha256;
import dev.chainrule.builtin.data.Split;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Generated digits as bytes; each sheet is drawn when its first digit is read. */
final class GeneratedDigits implements DataSource {
    private static final List<String> NAMES =
            IntStream.range(0, 10).mapToObj(String::valueOf).toList();
    private static final Encoding ENCODING =
            new Encoding(Shape.of(Canvas.SIDE, Canvas.SIDE, 1), List.of(), new Target(Target.Form.CLASS_INDEX, NAMES));
    private static final int SHEET = 32;

    private final int count;
    private final RandomStream images;
    private final Lazy<byte[]> labels;
    private final List<Lazy<byte[]>> sheets;
    private final Lazy<Provenance> provenance;

    /** Prepare to draw the first {@code count} digits of a split. */
    GeneratedDigits(Split split, int count, long seed) {
        String name = split.name().toLowerCase(Locale.ROOT);
        String origin = "generated digits, " + name + ", " + count + " examples, seed " + seed;
        this.count = count;
        this.images = RandomStream.of(seed, "digits." + name);
        this.labels = new Lazy<>(() -> labels(RandomStream.of(seed, "digits." + name + ".labels"), count));
        this.sheets = IntStream.rangeClosed(0, (count - 1) / SHEET)
                .mapToObj(sheet -> new Lazy<>(() -> draw(sheet * SHEET)))
                .toList();
        this.provenance = new Lazy<>(() -> new Provenance(origin, hash()));
    }

    private byte[] draw(int first) {
        DigitPainter painter = new DigitPainter();
        byte[] pixels = new byte[Math.min(SHEET, count - first) * Canvas.PIXELS];
        for (int i = 0; i < pixels.length / Canvas.PIXELS; i++) {
            painter.paint(labels.get()[first + i], images.at(0, first + i), pixels, i * Canvas.PIXELS);
        }
        return pixels;
    }

    /** Return labels in which every ten in a row are all ten digits, in a random order. */
    private static byte[] labels(RandomStream stream, int count) {
        byte[] labels = new byte[count];
        int classes = NAMES.size();
        int[] order = {};
        for (int i = 0; i < count; i++) {
            if (i % classes == 0) {
                order = stream.permutation(classes, i / classes);
            }
            labels[i] = (byte) order[i % classes];
        }
        return labels;
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public Encoding encoding() {
        return ENCODING;
    }

    @Override
    public void readInput(int index, Matrix x, int row) {
        x.setRow(row, sheets.get(index / SHEET).get(), index % SHEET * Canvas.PIXELS);
    }

    @Override
    public void readTarget(int index, Matrix y, int row) {
        y.set(row, 0, labels.get()[index]);
    }

    @Override
    public long bytes() {
        return (long) count * (Canvas.PIXELS + 1);
    }

    @Override
    public Provenance provenance() {
        return provenance.get();
    }

    /** Return the hash of all sheets, which are drawn on several threads; this changes no bit. */
    private String hash() {
        sheets.parallelStream().forEach(Lazy::get);
        Sha256 sha256 = new Sha256();
        sheets.forEach(sheet -> sha256.add(sheet.get(), 0, sheet.get().length));
        return sha256.add(labels.get(), 0, count).hex();
    }
}
