package dev.chainrule.builtin.data.published;

import dev.chainrule.api.Component;
import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.builtin.data.Range;
import dev.chainrule.builtin.data.Split;
import dev.chainrule.builtin.data.idx.IdxImages;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Fashion-MNIST: 60,000 and 10,000 grey pictures of clothes, [28, 28, 1], 0 … 255 (H. Xiao, K. Rasul, R. Vollgraf, "Fashion-MNIST:
 * a Novel Image Dataset for Benchmarking Machine Learning Algorithms", 2017), in files of MNIST's names and format.
 */
@Component("fashion_mnist")
@Doc(
        "Fashion-MNIST's clothes of ten classes, 28×28 grey pixels from 0 to 255, from files like MNIST's. Their sizes and labels are "
                + "checked.")
public record FashionMnistSource(
        @Doc("Which part to read: train (60000 examples) or test (10000).") @Default("train")
        Split split,

        @Doc(
                "Folder of the files. Fallbacks: the environment variable FASHION_MNIST_DIR, data/fashion_mnist, fashion_mnist in the "
                        + "user's cache.")
        Optional<String> directory,

        @Doc("How many examples to skip at the beginning.") @Default("0")
        int skip,

        @Doc("How many examples to read; by default, all that follow.")
        Optional<Integer> count)
        implements DataSourceSpec {
    private static final List<String> CLASSES = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    private static final PublishedFiles FILES =
            new PublishedFiles("Fashion-MNIST", "fashion_mnist", "FASHION_MNIST_DIR", "");
    private static final int TRAINING = 60_000;
    private static final int TEST = 10_000;
    private static final int SIDE = 28;

    public FashionMnistSource {
        Range.require(skip, count);
    }

    @Override
    public DataSource open(DataContext context) {
        String part = split.name().toLowerCase(Locale.ROOT);
        int size = split == Split.TRAIN ? TRAINING : TEST;
        Range.of(skip, count, size);
        String stem = split == Split.TRAIN ? "train" : "t10k";
        List<List<String>> names =
                List.of(usual(stem + "-images", "idx3-ubyte"), usual(stem + "-labels", "idx1-ubyte"));
        PublishedFiles.Found found = FILES.find(part, context, directory, names);
        Path images = found.files().get(0);
        Path labels = found.files().get(1);
        String origin = "Fashion-MNIST " + part + " (" + found.origin() + ")";
        Optional<List<String>> classes =
                Optional.of(CLASSES).filter(own -> context.training().isEmpty());
        IdxImages pictures = IdxImages.of(images, List.of(size, SIDE, SIDE), classes);
        return context.labelled()
                ? pictures.labelled(labels, skip, count, context.training(), origin)
                : pictures.unlabelled(skip, count, context.training(), origin);
    }

    /** Return the names that people give a file, the published one first. */
    private static List<String> usual(String stem, String suffix) {
        return List.of(
                stem + '-' + suffix + ".gz", stem + '-' + suffix, stem + '.' + suffix, stem + '.' + suffix + ".gz");
    }
}
