package dev.chainrule.builtin.data.mnist;

import dev.chainrule.api.Component;
import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.error.InputException;
import dev.chainrule.builtin.data.Range;
import dev.chainrule.builtin.data.Split;
import dev.chainrule.builtin.data.idx.IdxFile;
import dev.chainrule.builtin.data.idx.IdxImages;
import dev.chainrule.builtin.digits.DigitsSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** MNIST: 60,000 and 10,000 grey images of handwritten digits, [28, 28, 1], 0 … 255, white on black. */
@Component("mnist")
@Doc("MNIST's handwritten digits, 28×28 grey pixels from 0 to 255: from a folder, or downloaded and checked.")
public record MnistSource(
        @Doc("Which part to read: train (60000 examples) or test (10000).") @Default("train")
        Split split,

        @Doc("Folder of the files. Fallbacks: the environment variable MNIST_DIR, data/mnist, the user's "
                + "cache, a download.")
        Optional<String> directory,

        @Doc("The fallback if MNIST is unavailable: none is an error; digits uses generated digits, with a warning.")
        @Default("none")
        Fallback fallback,

        @Doc("How many examples to skip at the beginning.") @Default("0")
        int skip,

        @Doc("How many examples to read; by default, all that follow.")
        Optional<Integer> count)
        implements DataSourceSpec {
    /** The replacement for MNIST if it is unavailable. */
    public enum Fallback {
        /** None: that is an error. */
        NONE,
        /** Generated digits. */
        DIGITS
    }

    public MnistSource {
        Range.require(skip, count);
    }

    @Override
    public DataSource open(DataContext context) {
        Path home = Path.of(System.getProperty("user.home"));
        MnistFiles files = new MnistFiles(Path.of(""), home, Mirrors.PUBLIC, context, directory.map(context::resolve));
        return open(context, files, MnistPart::of);
    }

    /** Open the source with files and parts of a test's choice. */
    DataSource open(DataContext context, MnistFiles files, Function<Split, MnistPart> parts) {
        MnistPart part = parts.apply(split);
        Range range = Range.of(skip, count, part.size());
        List<MnistFile> needed = new ArrayList<>(Stream.of(part.images(), part.labels())
                .limit(context.labelled() ? 2 : 1)
                .toList());
        if (fallback == Fallback.DIGITS) {
            // Both parts or none: a network must not learn one kind of digits and be judged by another.
            MnistPart other = parts.apply(split == Split.TRAIN ? Split.TEST : Split.TRAIN);
            needed.addAll(List.of(other.images(), other.labels()));
        }
        List<MnistFiles.Found> found = new ArrayList<>();
        for (MnistFile file : needed) {
            Optional<MnistFiles.Found> one = files.find(file);
            if (one.isEmpty()) {
                return instead(context, range, files.looked());
            }
            found.add(one.get());
        }
        Optional<IdxFile> images = files.begin(part.images(), found.get(0), part.dimensions());
        Optional<IdxFile> labels =
                context.labelled() && images.isPresent() ? files.read(part.labels(), found.get(1)) : images;
        if (images.isEmpty() || labels.isEmpty()) {
            return instead(context, range, files.looked());
        }
        Optional<List<String>> names = Optional.of(
                        IntStream.range(0, 10).mapToObj(String::valueOf).toList())
                .filter(own -> context.training().isEmpty());
        IdxImages both = new IdxImages(found.get(0).path().toString(), images.get(), names, 0);
        String origin = "MNIST " + part() + " (" + found.get(0).origin() + ")";
        return context.labelled()
                ? both.labelled(found.get(1).path().toString(), labels.get(), skip, count, context.training(), origin)
                : both.unlabelled(skip, count, context.training(), origin);
    }

    private DataSource instead(DataContext context, Range range, List<String> looked) {
        if (fallback == Fallback.NONE) {
            List<String> notes = new ArrayList<>();
            notes.add("Looked in these places:");
            looked.forEach(place -> notes.add("  " + place));
            notes.add("Put the files into a folder and give it with directory: or the environment variable MNIST_DIR.");
            notes.add("With fallback: digits, generated digits are used instead.");
            throw new InputException("MNIST " + part() + " is not available", notes.toArray(String[]::new));
        }
        boolean whole = skip == 0 && count.isEmpty();
        DigitsSource digits =
                new DigitsSource(split, whole ? Optional.empty() : Optional.of(range.first() + range.size()), 0);
        DataSource source = digits.open(context);
        System.getLogger(MnistSource.class.getName())
                .log(System.Logger.Level.INFO, "MNIST is not available: " + String.join("; ", looked));
        return new Substitute(source, whole ? new Range(0, source.size()) : range, warning(looked));
    }

    /**
     * Return the warning, with the reasons for places that the user chose; the same for both parts, so that it is shown
     * once.
     */
    private static String warning(List<String> looked) {
        String chosen = looked.stream()
                .filter(place -> place.startsWith("directory:") || place.startsWith("MNIST_DIR:"))
                .collect(Collectors.joining("; "));
        return "MNIST is not available (" + chosen + "): generated digits are used instead. "
                + "To train on MNIST, set MNIST_DIR to the folder of its four files.";
    }

    private String part() {
        return split.name().toLowerCase(Locale.ROOT);
    }
}
