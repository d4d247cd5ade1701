package dev.chainrule.builtin.digits;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Provenance;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.data.Lazy;
import dev.chainrule.builtin.data.Sha256;
import dev.chainrule.builtin.data.Split;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Generated digits, or pairs of them, as bytes; each sheet is drawn when its first digit is read. */
final class GeneratedDigits implements DataSource {
    private static final List<String> NAMES =
            IntStream.range(0, 10).mapToObj(String::valueOf).toList();
    private static final Shape PICTURE = Shape.of(Canvas.SIDE, Canvas.SIDE, 1);
    private static final Encoding DIGITS = new Encoding(PICTURE, List.of(), new Target(Target.Form.CLASS_INDEX, NAMES));
    private static final Encoding PAIRS = new Encoding(
            List.of(new Encoding.Input("left", PICTURE), new Encoding.Input("right", PICTURE)),
            List.of(),
            new Target(Target.Form.CLASS_INDEX, List.of("different", "same")));
    private static final int SHEET = 32;

    private final Encoding encoding;
    /** The digits of an example. */
    private final int each;

    private final int count;
    private final RandomStream images;
    private final Lazy<byte[]> labels;
    private final List<Lazy<byte[]>> sheets;
    private final Lazy<Provenance> provenance;

    private GeneratedDigits(
            Encoding encoding, String kind, String stream, Split split, int count, long seed, Labels labels) {
        String name = split.name().toLowerCase(Locale.ROOT);
        String origin = "generated " + kind + ", " + name + ", " + count + " examples, seed " + seed;
        this.encoding = encoding;
        this.each = encoding.shape().size() / Canvas.PIXELS;
        this.count = count;
        this.images = RandomStream.of(seed, stream + "." + name);
        this.labels = new Lazy<>(() -> labels.of(RandomStream.of(seed, stream + "." + name + ".labels"), count));
        this.sheets = IntStream.rangeClosed(0, (count - 1) / SHEET)
                .mapToObj(sheet -> new Lazy<>(() -> draw(sheet * SHEET)))
                .toList();
        this.provenance = new Lazy<>(() -> new Provenance(origin, hash()));
    }

    /** Prepare to draw the first {@code count} digits of a split. */
    static GeneratedDigits digits(Split split, int count, long seed) {
        return new GeneratedDigits(DIGITS, "digits", "digits", split, count, seed, GeneratedDigits::labels);
    }

    /** Prepare to draw the first {@code count} pairs of digits of a split. */
    static GeneratedDigits pairs(Split split, int count, long seed) {
        return new GeneratedDigits(
                PAIRS, "pairs of digits", "digit_pairs", split, count, seed, GeneratedDigits::pairLabels);
    }

    /** The labels of all digits of examples, drawn from a stream. */
    private interface Labels {
        byte[] of(RandomStream stream, int count);
    }

    private byte[] draw(int first) {
        DigitPainter painter = new DigitPainter();
        byte[] pixels = new byte[Math.min(SHEET, count - first) * each * Canvas.PIXELS];
        for (int i = 0; i < pixels.length / Canvas.PIXELS; i++) {
            int digit = first * each + i;
            painter.paint(labels.get()[digit], images.at(0, digit), pixels, i * Canvas.PIXELS);
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

    /**
     * Return labels of pairs, left and right. The left ones are those of single digits; the right one is the same with a probability of
     * one half, and else any other.
     */
    private static byte[] pairLabels(RandomStream stream, int count) {
        byte[] left = labels(stream, count);
        byte[] labels = new byte[2 * count];
        int classes = NAMES.size();
        for (int i = 0; i < count; i++) {
            Draws draws = stream.at(0, i + 1L); // at 0 is the order of the first ten
            int step = draws.below(2) == 0 ? 0 : 1 + draws.below(classes - 1);
            labels[2 * i] = left[i];
            labels[2 * i + 1] = (byte) ((left[i] + step) % classes);
        }
        return labels;
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }

    @Override
    public void readInput(int index, Matrix x, int row) {
        x.setRow(row, sheets.get(index / SHEET).get(), index % SHEET * each * Canvas.PIXELS);
    }

    @Override
    public void readTarget(int index, Matrix y, int row) {
        byte[] all = labels.get();
        y.set(row, 0, each == 1 ? all[index] : all[2 * index] == all[2 * index + 1] ? 1 : 0);
    }

    @Override
    public long bytes() {
        return (long) count * each * (Canvas.PIXELS + 1);
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
        return sha256.add(labels.get(), 0, count * each).hex();
    }
}
