package dev.chainrule.builtin.shapes;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Provenance;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.data.Lazy;
import dev.chainrule.builtin.data.Sha256;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Generated pictures, one byte for each pixel, and their masks. The noise is stronger than a shape is bright, so that a pixel alone
 * does not tell its class, but the pixels around it do.
 */
final class DrawnShapes implements DataSource {
    private static final String BACKGROUND = "background";
    /** A pixel is uniform in an interval of this length, which a shape moves up by half of it. */
    private static final int NOISE = 160;

    private static final double SMALLEST = 1 / 8.0;
    private static final double LARGEST = 3 / 8.0;

    private final ShapesSource spec;
    private final int pixels;
    private final Encoding encoding;
    private final Lazy<byte[]> drawn;
    private final Lazy<Provenance> provenance;

    DrawnShapes(ShapesSource spec) {
        String split = spec.split().name().toLowerCase(Locale.ROOT);
        List<String> names = new ArrayList<>(List.of(BACKGROUND));
        spec.forms().forEach(form -> names.add(form.toString()));
        int side = spec.size();
        RandomStream stream = RandomStream.of(spec.seed(), "shapes." + split);
        this.spec = spec;
        this.pixels = side * side;
        this.encoding = new Encoding(
                Shape.of(side, side, 1), List.of(), new Target(Target.Form.CLASS_INDEX, names, List.of(side, side)));
        this.drawn = new Lazy<>(() -> draw(stream));
        this.provenance = new Lazy<>(() -> new Provenance(
                "generated shapes, " + split + ", " + spec.count() + " examples, seed " + spec.seed(),
                new Sha256().add(names).add(drawn.get(), 0, drawn.get().length).hex()));
    }

    /** Return the pixels of each example, then its mask. */
    private byte[] draw(RandomStream stream) {
        byte[] all = new byte[Math.multiplyExact(spec.count(), 2 * pixels)];
        for (int i = 0; i < spec.count(); i++) {
            draw(stream.at(0, i), all, i * 2 * pixels);
        }
        return all;
    }

    private void draw(Draws draws, byte[] into, int first) {
        int side = spec.size();
        int form = draws.below(spec.forms().size());
        double radius = side * (SMALLEST + (LARGEST - SMALLEST) * draws.uniform());
        double row = radius + (side - 2 * radius) * draws.uniform();
        double column = radius + (side - 2 * radius) * draws.uniform();
        for (int i = 0; i < pixels; i++) {
            int y = i / side;
            int x = i % side;
            double down = Math.abs(y + 0.5 - row);
            double right = Math.abs(x + 0.5 - column);
            boolean inside = spec.forms().get(form) == ShapesSource.Form.DISC
                    ? down * down + right * right <= radius * radius
                    : Math.max(down, right) <= radius;
            into[first + i] = (byte) (draws.below(NOISE) + (inside ? NOISE / 2 : 0));
            into[first + pixels + i] = (byte) (inside ? form + 1 : 0);
        }
    }

    @Override
    public int size() {
        return spec.count();
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }

    @Override
    public void readInput(int index, Matrix x, int row) {
        x.setRow(row, drawn.get(), index * 2 * pixels);
    }

    @Override
    public void readTarget(int index, Matrix y, int row) {
        byte[] all = drawn.get();
        for (int i = 0; i < pixels; i++) {
            y.set(row, i, all[index * 2 * pixels + pixels + i]);
        }
    }

    @Override
    public long bytes() {
        return 2L * spec.count() * pixels;
    }

    @Override
    public Provenance provenance() {
        return provenance.get();
    }
}
