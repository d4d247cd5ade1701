package dev.chainrule.builtin.data.published;

import dev.chainrule.api.Component;
import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.data.Range;
import dev.chainrule.builtin.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * CIFAR-10: 50,000 and 10,000 colour pictures, [32, 32, 3], 0 … 255, of ten classes (A. Krizhevsky, "Learning Multiple Layers of
 * Features from Tiny Images", 2009), from the files of its binary version.
 */
@Component("cifar10")
@Doc(
        "CIFAR-10's pictures of ten classes, 32×32 pixels in colour from 0 to 255, from the files of its binary version. Their sizes "
                + "and labels are checked.")
public record Cifar10Source(
        @Doc("Which part to read: train (50000 examples) or test (10000).") @Default("train")
        Split split,

        @Doc(
                "Folder of the files. Fallbacks: the environment variable CIFAR10_DIR, data/cifar10, cifar10 in the user's cache.")
        Optional<String> directory,

        @Doc("How many examples to skip at the beginning.") @Default("0")
        int skip,

        @Doc("How many examples to read; by default, all that follow.")
        Optional<Integer> count)
        implements DataSourceSpec {
    private static final List<String> CLASSES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

    private static final PublishedFiles FILES =
            new PublishedFiles("CIFAR-10", "cifar10", "CIFAR10_DIR", "cifar-10-batches-bin");
    private static final int TRAINING_FILES = 5;

    public Cifar10Source {
        Range.require(skip, count);
    }

    @Override
    public DataSource open(DataContext context) {
        String part = split.name().toLowerCase(Locale.ROOT);
        List<List<String>> names = split == Split.TEST
                ? List.of(List.of("test_batch.bin"))
                : IntStream.rangeClosed(1, TRAINING_FILES)
                        .mapToObj(i -> List.of("data_batch_" + i + ".bin"))
                        .toList();
        Range range = Range.of(skip, count, names.size() * Cifar10Pictures.PER_FILE);
        PublishedFiles.Found found = FILES.find(part, context, directory, names);
        found.files().forEach(Cifar10Source::requireSize);
        Shape shape = Shape.of(Cifar10Pictures.SIDE, Cifar10Pictures.SIDE, Cifar10Pictures.CHANNELS);
        Target own = new Target(Target.Form.CLASS_INDEX, CLASSES);
        Target target = context.training()
                .map(Encoding::target)
                .filter(trained -> !context.labelled())
                .orElse(own);
        return new Cifar10Pictures(
                found.files(),
                context,
                range,
                new Encoding(shape, List.of(), target),
                "CIFAR-10 " + part + " (" + found.origin() + ")");
    }

    private static void requireSize(Path file) {
        try {
            long size = Files.size(file);
            long wanted = (long) Cifar10Pictures.PER_FILE * Cifar10Pictures.RECORD;
            if (size != wanted) {
                throw new InputException(
                                "the file has " + size + " bytes; a file of CIFAR-10's binary version has " + wanted,
                                "Unpack cifar-10-binary.tar.gz again.")
                        .inFile(file.toString());
            }
        } catch (IOException e) {
            throw new InputException("the file cannot be read: " + e.getMessage()).inFile(file.toString());
        }
    }
}
