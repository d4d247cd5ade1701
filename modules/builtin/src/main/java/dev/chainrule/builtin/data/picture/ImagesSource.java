package dev.chainrule.builtin.data.picture;

import dev.chainrule.api.Component;
import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.data.Lazy;
import dev.chainrule.table.cache.DataCache;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Pictures and their classes, from a folder for each class or a table of paths and labels. Inputs are 0 … 255. */
@Component("images")
@Doc(
        "Pictures and their classes: a folder for each class, or a table of paths and classes. PNG, JPEG, GIF, BMP or TIFF. Inputs "
                + "are 0 to 255, of shape [height, width, channels]. Decoded pictures are kept in the cache.")
public record ImagesSource(
        @Doc("The folder that contains a folder of pictures for each class; with table, the folder in which relative "
                + "paths begin, by default that of the table.")
        Optional<String> folder,

        @Doc("A table with a row for each picture, instead of a folder for each class.")
        Optional<String> table,

        @Doc("The table's column of paths.") @Default("path")
        String path,

        @Doc("The table's column of classes.") @Default("label")
        String target,

        @Doc("The character between the cells of the table.") @Default("\",\"")
        String delimiter,

        @Doc("The height to which pictures are brought; by default that of the first one, which all must have.")
        Optional<Integer> height,

        @Doc("The width to which pictures are brought; by default that of the first one, which all must have.")
        Optional<Integer> width,

        @Doc("1 for grey, 3 for red, green and blue; by default those of the training pictures, which have 3.")
        Optional<Integer> channels,

        @Doc("How pictures of another shape are brought to the size: cover cuts off the rest, contain adds black at "
                + "two sides, stretch changes their proportions.")
        @Default("cover")
        Fit fit,

        @Doc("The treatment of files that cannot be read: error, or skip, with a warning that has their number.")
        @Default("error")
        Broken broken)
        implements DataSourceSpec {
    private static final int LARGEST = 4096;
    private static final int COLOURS = 3;

    /** The fate of files that cannot be read. */
    public enum Broken {
        /** The first one is an error. */
        ERROR,
        /** They are skipped, and counted in a warning. */
        SKIP
    }

    public ImagesSource {
        requireSide("height", height);
        requireSide("width", width);
        ParameterException.require(
                height.isPresent() == width.isPresent(),
                height.isPresent() ? "width" : "height",
                "missing",
                "both height and width, or neither");
        channels.ifPresent(n ->
                ParameterException.require(n == 1 || n == COLOURS, "channels", n, "1 (grey) or 3 (red, green, blue)"));
        ParameterException.require(
                folder.isPresent() || table.isPresent(), "folder", "missing", "a folder for each class, or table:");
        ParameterException.require(
                delimiter.length() == 1 && "\r\n".indexOf(delimiter.charAt(0)) < 0,
                "delimiter",
                "'" + delimiter + "'",
                "one character other than a line break");
    }

    private static void requireSide(String name, Optional<Integer> side) {
        side.ifPresent(n -> ParameterException.require(n >= 1 && n <= LARGEST, name, n, "1 to " + LARGEST));
    }

    @Override
    public DataSource open(DataContext context) {
        PictureSet set = pictures(context);
        Optional<Shape> trained = context.training().map(Encoding::shape);
        trained.filter(shape -> !shape.isImage()).ifPresent(shape -> {
            throw new InputException("pictures are images, but the training examples are " + shape.named());
        });
        boolean sized = height.isPresent() || trained.isPresent();
        Shape shape = shape(set, trained);
        Encoding encoding = new Encoding(
                shape,
                List.of(),
                context.labelled()
                        ? new Target(Target.Form.CLASS_INDEX, set.classes())
                        : context.training()
                                .map(Encoding::target)
                                .orElse(new Target(Target.Form.CLASS_INDEX, set.classes())));
        boolean skip = broken == Broken.SKIP;
        PreparedPictures pictures = new PreparedPictures(set, shape, sized ? Optional.of(fit) : Optional.empty(), skip);
        Lazy<PreparedPictures.Result> prepared = new Lazy<>(() -> pictures.in(DataCache.of(context::environment)));
        if (skip) {
            prepared.get(); // the number of examples is not known before
        }
        String origin = "pictures " + table.or(() -> folder).orElseThrow() + ", " + shape
                + (sized ? ", " + fit.name().toLowerCase(Locale.ROOT) : "");
        return new CachedPictures(set, prepared, encoding, skip, origin);
    }

    private PictureSet pictures(DataContext context) {
        Optional<List<String>> classes = context.training().map(training -> classes(training, context.labelled()));
        Optional<Path> base = folder.map(context::resolve);
        if (table.isEmpty()) {
            return PictureFolder.read(base.orElseThrow(), context.labelled(), classes);
        }
        Path file = context.resolve(table.get());
        Path folderOfTable = file.toAbsolutePath().normalize().getParent();
        return new PictureTable(file, base.orElse(folderOfTable), path, target, broken == Broken.ERROR)
                .read(delimiter.charAt(0), context.labelled(), classes);
    }

    private static List<String> classes(Encoding training, boolean labelled) {
        if (labelled && !training.target().isClass()) {
            throw new InputException("the targets are classes, but those of the training examples are numbers ("
                    + String.join(", ", training.target().names()) + ")");
        }
        return training.target().names();
    }

    private Shape shape(PictureSet set, Optional<Shape> trained) {
        int depth = channels.or(() -> trained.map(shape -> shape.dimensions().get(2)))
                .orElse(COLOURS);
        if (height.isPresent()) {
            return Shape.of(height.get(), width.orElseThrow(), depth);
        }
        if (trained.isPresent()) {
            return Shape.of(
                    trained.get().dimensions().get(0),
                    trained.get().dimensions().get(1),
                    depth);
        }
        Picture first = Picture.open(set.files().get(0));
        if (first.height() > LARGEST || first.width() > LARGEST) {
            throw new InputException(
                            "the first picture has " + first.width() + " x " + first.height() + " pixels",
                            "Give height: and width:, each at most " + LARGEST + ", the size to which all are brought.")
                    .inFile(set.files().get(0).toString());
        }
        return Shape.of(first.height(), first.width(), depth);
    }
}
