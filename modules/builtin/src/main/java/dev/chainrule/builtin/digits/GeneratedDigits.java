package dev.chainrule.builtin.digits;

import dev.chainrule.api.DataSource;
import dev.chainrule.api.Encoding;
import dev.chainrule.api.Provenance;
import dev.chainrule.api.Shape;
import dev.chainrule.api.Target;
import dev.chainrule.builtin.data.Split;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Hold generated digits as bytes. */
final class GeneratedDigits implements DataSource {
    private static final List<String> NAMES =
            IntStream.range(0, 10).mapToObj(String::valueOf).toList();
    private static final Encoding ENCODING =
            new Encoding(Shape.of(1, Canvas.SIDE, Canvas.SIDE), List.of(), new Target(Target.Form.CLASS_INDEX, NAMES));
    private static final int EXAMPLES_PER_TASK = 250;

    private final byte[] pixels;
    private final byte[] labels;
    private final Provenance provenance;

    private GeneratedDigits(byte[] pixels, byte[] labels, String origin) {
        this.pixels = pixels;
        this.labels = labels;
        this.provenance = new Provenance(origin, sha256(pixels, labels), List.of());
    }

    /** Draw the first {@code count} digits of a split; on several threads, which changes no bit. */
    static GeneratedDigits generate(Split split, int count, long seed) {
        String name = split.name().toLowerCase(Locale.ROOT);
        RandomStream images = RandomStream.of(seed, "digits." + name);
        byte[] labels = labels(RandomStream.of(seed, "digits." + name + ".labels"), count);
        byte[] pixels = new byte[count * Canvas.PIXELS];
        int tasks = (count + EXAMPLES_PER_TASK - 1) / EXAMPLES_PER_TASK;
        IntStream.range(0, tasks).parallel().forEach(task -> {
            DigitPainter painter = new DigitPainter();
            int end = Math.min(count, (task + 1) * EXAMPLES_PER_TASK);
            for (int i = task * EXAMPLES_PER_TASK; i < end; i++) {
                painter.paint(labels[i], images.at(0, i), pixels, i * Canvas.PIXELS);
            }
        });
        String origin = "generated digits, " + name + ", " + count + " examples, seed " + seed;
        return new GeneratedDigits(pixels, labels, origin);
    }

    /** Return labels of which every ten in a row are all ten digits, in a random order. */
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

    private static String sha256(byte[] pixels, byte[] labels) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(pixels);
            sha256.update(labels);
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public Encoding encoding() {
        return ENCODING;
    }

    @Override
    public void readInput(int index, Matrix x, int row) {
        x.setRow(row, pixels, index * Canvas.PIXELS);
    }

    @Override
    public void readTarget(int index, Matrix y, int row) {
        y.set(row, 0, labels[index]);
    }

    @Override
    public Provenance provenance() {
        return provenance;
    }
}
