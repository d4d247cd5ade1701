package dev.chainrule.builtin.shapes;

import dev.chainrule.api.Component;
import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.builtin.data.Split;
import java.util.List;
import java.util.Locale;

/**
 * Generated pictures with a mask: the class of each pixel.
 *
 * <p>Example i is a pure function of (seed, split, i): a smaller count gives the first examples of a greater one, and no example of one
 * split is in the other.
 */
@Component("shapes")
@Doc("Grey pictures of a shape on noise, drawn by a generator. The target is a mask: the class of each pixel.")
public record ShapesSource(
        @Doc("Which part to draw: train or test. They share no example.") @Default("train")
        Split split,

        @Doc("How many examples, 1 to 100000.") @Default("1000")
        int count,

        @Doc("The height and width of a picture, 8 to 256 pixels.") @Default("16")
        int size,

        @Doc("The shapes: each picture has one of them, whose pixels are of its class; the others are background.")
        @Default("[ disc, square ]")
        List<Form> forms,

        @Doc("Other seeds give other pictures of the same kind.") @Default("0")
        long seed)
        implements DataSourceSpec {
    private static final int MOST = 100_000;
    private static final int LEAST_SIDE = 8;
    private static final int MOST_SIDE = 256;

    /** A shape. */
    public enum Form {
        /** All pixels within a distance of the centre. */
        DISC,
        /** All pixels within a distance of the centre along each axis. */
        SQUARE;

        /** Return the name of its class. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ShapesSource {
        forms = List.copyOf(forms);
        ParameterException.require(count >= 1 && count <= MOST, "count", count, "1 to " + MOST);
        ParameterException.require(
                size >= LEAST_SIDE && size <= MOST_SIDE, "size", size, LEAST_SIDE + " to " + MOST_SIDE);
        ParameterException.require(
                !forms.isEmpty() && forms.stream().distinct().count() == forms.size(),
                "forms",
                forms,
                "one or more, each once");
    }

    @Override
    public DataSource open(DataContext context) {
        return new DrawnShapes(this);
    }
}
