package dev.chainrule.builtin.data.idx;

import dev.chainrule.api.Component;
import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.builtin.data.Range;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Grey images and their classes from IDX files, the format of MNIST and similar data sets. Inputs are 0 … 255. */
@Component("idx")
@Doc("Grey images and their classes from IDX files, gzip or not. Inputs are 0 to 255, of shape [height, width, 1].")
public record IdxSource(
        @Doc("File of the images: unsigned bytes, 3 dimensions.")
        String images,

        @Doc("File of the class numbers: unsigned bytes, 1 dimension. Not needed for predictions.")
        Optional<String> labels,

        @Doc("Names of the classes, beginning with that of first_label; by default, the numbers up to the "
                + "largest label.")
        Optional<List<String>> classes,

        @Doc("Whether each image is stored column by column, as in EMNIST; it is transposed when it is read.")
        @Default("false")
        boolean transpose,

        @Doc("The label of the first class: 0, or 1 as in EMNIST's letters.") @Default("0")
        int firstLabel,

        @Doc("How many examples to skip at the beginning.") @Default("0")
        int skip,

        @Doc("How many examples to read; by default, all that follow.")
        Optional<Integer> count)
        implements DataSourceSpec {
    private static final int LARGEST_LABEL = 255;

    public IdxSource {
        classes = classes.map(List::copyOf);
        classes.ifPresent(names -> {
            ParameterException.require(!names.isEmpty(), "classes", names, "at least one name");
            ParameterException.require(
                    names.stream().distinct().count() == names.size(), "classes", names, "distinct names");
        });
        ParameterException.require(
                firstLabel >= 0 && firstLabel <= LARGEST_LABEL, "first_label", firstLabel, "0 to " + LARGEST_LABEL);
        Range.require(skip, count);
    }

    @Override
    public DataSource open(DataContext context) {
        Path imagePath = context.resolve(images);
        Supplier<IdxFile> whole = () -> IdxFile.read(imagePath, IdxFile.Content.IMAGES);
        IdxFile begun = IdxFile.begin(imagePath, IdxFile.Content.IMAGES, whole).orElseGet(whole);
        IdxImages parts =
                new IdxImages(imagePath.toString(), transpose ? begun.transposed() : begun, classes, firstLabel);
        String origin = "IDX " + images + (transpose ? ", transposed" : "");
        if (!context.labelled()) {
            return parts.unlabelled(skip, count, context.training(), origin);
        }
        String named = labels.orElseThrow(() -> new InputException(
                        images + " has no labels file", "Add labels: with the file of the class numbers.")
                .atConfig("labels"));
        Path labelPath = context.resolve(named);
        IdxFile numbers = IdxFile.read(labelPath, IdxFile.Content.LABELS);
        return parts.labelled(
                labelPath.toString(), numbers, skip, count, context.training(), origin + " with " + named);
    }
}
