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
                + "two sides, stretch changes their proportions, drawing cuts a drawing out of its paper and centres it, bright "
                + "on black, as MNIST's digits are; none refuses them.")
        @Default("cover")
        Fit fit,

        @Doc("The treatment of files that cannot be read: error, or skip, with a warning that has their number.")
        @Default("error")
        Broken broken,

        @Doc("Whether to invert the brightness, so that dark ink on white paper becomes bright on black.")
        @Default("false")
        boolean invert)
        implements DataSourceSpec {
    /** The fate of files that cannot be read. */
    public enum Broken {
        /** The first one is an error. */
        ERROR,
        /** They are skipped, and counted in a warning. */
        SKIP;

        /** Return the fate of files in a command: rows to predict are never dropped. */
        CachedPictures.Broken in(DataContext context) {
            return context.predicting()
                    ? CachedPictures.Broken.REPORT
                    : this == SKIP ? CachedPictures.Broken.SKIP : CachedPictures.Broken.ERROR;
        }
    }

    public ImagesSource {
        PictureForm.Keys unused = new PictureForm.Keys(height, width, channels, fit, invert);
        ParameterException.require(
                folder.isPresent() || table.isPresent(), "folder", "missing", "a folder for each class, or table:");
        ParameterException.require(
                delimiter.length() == 1 && "\r\n".indexOf(delimiter.charAt(0)) < 0,
                "delimiter",
                "'" + delimiter + "'",
                "one character other than a line break");
    }

    @Override
    public DataSource open(DataContext context) {
        CachedPictures.Broken fate = broken.in(context);
        PictureSet set = pictures(context, fate);
        PictureForm form = keys().form(set.files().get(0), context.training().map(Encoding::shape));
        Target goal = new Target(Target.Form.CLASS_INDEX, set.classes());
        Encoding encoding = new Encoding(
                form.shape(),
                List.of(),
                context.labelled()
                        ? goal
                        : context.training().map(Encoding::target).orElse(goal));
        return CachedPictures.of(set, form, encoding, fate, "pictures " + place() + ", " + form.origin(), context);
    }

    /** Return the table or folder, as given. */
    private String place() {
        return table.or(() -> folder).orElseThrow();
    }

    private PictureSet pictures(DataContext context, CachedPictures.Broken fate) {
        Optional<List<String>> classes = context.training().map(training -> classes(training, context.labelled()));
        Optional<Path> base = folder.map(context::resolve);
        if (table.isEmpty()) {
            return PictureFolder.read(base.orElseThrow(), context.labelled(), classes);
        }
        Path file = context.resolve(table.get());
        Path folderOfTable = file.toAbsolutePath().normalize().getParent();
        return new PictureTable(file, base.orElse(folderOfTable), path, target, fate)
                .read(delimiter.charAt(0), context.labelled(), classes);
    }

    private static List<String> classes(Encoding training, boolean labelled) {
        if (labelled && !training.target().isClass()) {
            throw new InputException("the targets are classes, but those of the training examples are numbers ("
                    + String.join(", ", training.target().names()) + ")");
        }
        return training.target().names();
    }

    private PictureForm.Keys keys() {
        return new PictureForm.Keys(height, width, channels, fit, invert);
    }
}
