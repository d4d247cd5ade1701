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
                + "two sides, stretch changes their proportions; none refuses them.")
        @Default("cover")
        Fit fit,

        @Doc("The treatment of files that cannot be read: error, or skip, with a warning that has their number.")
        @Default("error")
        Broken broken,

        @Doc("Whether to invert the brightness, so that dark ink on white paper becomes bright on black.")
        @Default("false")
        boolean invert)
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
        PictureForm form = form(set, context.training().map(Encoding::shape));
        Target goal = new Target(Target.Form.CLASS_INDEX, set.classes());
        Encoding encoding = new Encoding(
                form.shape(),
                List.of(),
                context.labelled()
                        ? goal
                        : context.training().map(Encoding::target).orElse(goal));
        CachedPictures.Broken fate = context.predicting()
                ? CachedPictures.Broken.REPORT
                : broken == Broken.SKIP ? CachedPictures.Broken.SKIP : CachedPictures.Broken.ERROR;
        boolean skip = fate != CachedPictures.Broken.ERROR;
        PreparedPictures pictures = new PreparedPictures(set, form, skip, context.predicting());
        Lazy<PreparedPictures.Result> prepared =
                new Lazy<>(() -> pictures.in(DataCache.of(context::environment), context.progress()));
        if (skip) {
            prepared.get(); // the number of examples is not known before
        }
        return new CachedPictures(set, prepared, encoding, fate, "pictures " + place() + ", " + form.origin());
    }

    /** Return the table or folder, as given. */
    private String place() {
        return table.or(() -> folder).orElseThrow();
    }

    private PictureSet pictures(DataContext context) {
        Optional<List<String>> classes = context.training().map(training -> classes(training, context.labelled()));
        Optional<Path> base = folder.map(context::resolve);
        if (table.isEmpty()) {
            return PictureFolder.read(base.orElseThrow(), context.labelled(), classes);
        }
        Path file = context.resolve(table.get());
        Path folderOfTable = file.toAbsolutePath().normalize().getParent();
        boolean existing = broken == Broken.ERROR && !context.predicting();
        return new PictureTable(file, base.orElse(folderOfTable), path, target, existing)
                .read(delimiter.charAt(0), context.labelled(), classes);
    }

    private static List<String> classes(Encoding training, boolean labelled) {
        if (labelled && !training.target().isClass()) {
            throw new InputException("the targets are classes, but those of the training examples are numbers ("
                    + String.join(", ", training.target().names()) + ")");
        }
        return training.target().names();
    }

    private PictureForm form(PictureSet set, Optional<Shape> trained) {
        Path first = set.files().get(0);
        trained.ifPresent(shape -> PictureForm.requireImages(shape, first));
        int depth = channels.or(() -> trained.map(shape -> shape.dimensions().get(2)))
                .orElse(COLOURS);
        if (height.isPresent()) {
            Shape given = Shape.of(height.get(), width.orElseThrow(), depth);
            return new PictureForm(given, PictureForm.given(fit), invert, PictureForm.Model.NONE);
        }
        if (trained.isPresent()) {
            List<Integer> sides = trained.get().dimensions();
            Shape same = Shape.of(sides.get(0), sides.get(1), depth);
            return new PictureForm(same, PictureForm.given(fit), invert, PictureForm.Model.TRAINING);
        }
        Picture picture = Picture.open(first);
        if (picture.height() > LARGEST || picture.width() > LARGEST) {
            throw new InputException(
                            "the first picture has " + picture.width() + " x " + picture.height() + " pixels",
                            "Give height: and width:, each at most " + LARGEST + ", the size to which all are brought.")
                    .inFile(first.toString());
        }
        return new PictureForm(
                Shape.of(picture.height(), picture.width(), depth), Optional.empty(), invert, PictureForm.Model.FIRST);
    }
}
