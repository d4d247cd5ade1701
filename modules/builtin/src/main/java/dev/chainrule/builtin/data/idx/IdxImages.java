package dev.chainrule.builtin.data.idx;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.data.ImageBytes;
import dev.chainrule.builtin.data.Range;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Images joined with labels, checked against each other and against the training examples.
 *
 * @param place the file of the images, for messages
 * @param classes the names of the classes, if they are given
 * @param firstLabel the label of the first class
 */
public record IdxImages(String place, IdxFile images, Optional<List<String>> classes, int firstLabel) {
    /**
     * Read the images of a published file.
     *
     * @param dimensions that it must have
     * @throws InputException if it has others
     */
    public static IdxImages of(Path path, List<Integer> dimensions, Optional<List<String>> classes) {
        Supplier<IdxFile> whole = () -> IdxFile.read(path, IdxFile.Content.IMAGES);
        IdxFile images = IdxFile.begin(path, IdxFile.Content.IMAGES, whole).orElseGet(whole);
        if (!images.header().dimensions().equals(dimensions)) {
            throw new InputException(
                            "the file has images " + images.header() + ", but the published one "
                                    + new IdxHeader(dimensions),
                            "Download it again, or read it as it is with type: idx.")
                    .inFile(path.toString());
        }
        return new IdxImages(path.toString(), images, classes, 0);
    }

    /** Return images and the labels of a file; see {@link #labelled(String, IdxFile, int, Optional, Optional, String)}. */
    public DataSource labelled(
            Path labels, int skip, Optional<Integer> count, Optional<Encoding> training, String origin) {
        return labelled(labels.toString(), IdxFile.read(labels, IdxFile.Content.LABELS), skip, count, training, origin);
    }

    /** Return the images alone. */
    public DataSource unlabelled(int skip, Optional<Integer> count, Optional<Encoding> training, String origin) {
        Range range = Range.of(skip, count, images.count());
        Target own = new Target(Target.Form.CLASS_INDEX, classes.orElse(List.of()));
        Encoding encoding = encoding(training, training.map(Encoding::target).orElse(own));
        return new ImageBytes(images.data(), Optional.empty(), range, encoding, origin, List.of());
    }

    /**
     * Return images and labels.
     *
     * @param labelPlace the file of the labels, for messages
     * @throws InputException if counts differ, a label is out of range, or they do not fit the training examples
     */
    public DataSource labelled(
            String labelPlace,
            IdxFile labels,
            int skip,
            Optional<Integer> count,
            Optional<Encoding> training,
            String origin) {
        if (labels.count() != images.count()) {
            throw new InputException(
                            "there are " + labels.count() + " labels for the " + images.count() + " images of " + place,
                            "Each image has one label: do the two files belong together?")
                    .inFile(labelPlace);
        }
        byte[] stored = labels.data().all();
        List<String> names = names(stored, training);
        byte[] numbers = new byte[stored.length];
        for (int i = 0; i < stored.length; i++) {
            int number = (stored[i] & 0xff) - firstLabel;
            if (number < 0 || number >= names.size()) {
                throw outOfRange(i, stored, names.size()).inFile(labelPlace);
            }
            numbers[i] = (byte) number;
        }
        Range range = Range.of(skip, count, images.count());
        Encoding encoding = encoding(training, new Target(Target.Form.CLASS_INDEX, names));
        return new ImageBytes(images.data(), Optional.of(numbers), range, encoding, origin, List.of());
    }

    private InputException outOfRange(int index, byte[] labels, int classes) {
        int label = labels[index] & 0xff;
        boolean fromOne = firstLabel == 0 && label == classes && largest(labels) == classes && !contains(labels, 0);
        return new InputException(
                "label " + (index + 1) + " is " + label + ", out of range: there are " + classes
                        + (classes == 1 ? " class" : " classes"),
                label < firstLabel
                        ? "Labels begin at " + firstLabel + ", as first_label specifies."
                        : "Labels begin at " + firstLabel + ": the largest allowed here is "
                                + (firstLabel + classes - 1) + "."
                                + (fromOne ? " If they begin at 1, add first_label: 1." : ""));
    }

    private static boolean contains(byte[] labels, int label) {
        return IntStream.range(0, labels.length).anyMatch(i -> (labels[i] & 0xff) == label);
    }

    private static int largest(byte[] labels) {
        return IntStream.range(0, labels.length)
                .map(i -> labels[i] & 0xff)
                .max()
                .orElse(0);
    }

    /**
     * Return the class names: those of the training examples, else those given, else as many numbers as the labels
     * need.
     */
    private List<String> names(byte[] labels, Optional<Encoding> training) {
        if (training.isPresent()) {
            List<String> trained = TrainingFit.classes(training.get());
            if (classes.isPresent() && !classes.get().equals(trained)) {
                throw new InputException(
                                "the classes are " + String.join(", ", classes.get()) + ", but the training "
                                        + "examples have "
                                        + String.join(", ", trained),
                                "Remove classes: those of the training examples are used.")
                        .atConfig("classes");
            }
            return trained;
        }
        return classes.orElseGet(() -> {
            int last = Math.max(firstLabel, largest(labels));
            return IntStream.rangeClosed(firstLabel, last)
                    .mapToObj(String::valueOf)
                    .toList();
        });
    }

    private Encoding encoding(Optional<Encoding> training, Target target) {
        List<Integer> size = images.header().dimensions();
        Shape shape = Shape.of(size.get(1), size.get(2), 1);
        training.ifPresent(encoding -> TrainingFit.requireShape(encoding, shape, place));
        return new Encoding(shape, List.of(), target);
    }
}
