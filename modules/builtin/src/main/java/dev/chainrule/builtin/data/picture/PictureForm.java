package dev.chainrule.builtin.data.picture;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The form to which pictures are brought.
 *
 * @param shape [height, width, channels]; 1 or 3 channels
 * @param fit for pictures of another size; empty if there must be none
 * @param invert whether the brightness is inverted
 * @param model the pictures whose size all must have if there is no fit
 */
record PictureForm(Shape shape, Optional<Fit> fit, boolean invert, Model model) {
    /** The pictures that determine the size of all. */
    enum Model {
        /** The first of a source. */
        FIRST("the first one has", "Give height: and width:, the size to which all are brought."),
        /** Those of the training. */
        TRAINING(
                "the training images have",
                "Scale it first, so that the drawing is as large and as centred as in the training images; predict does it"
                        + " with --fit contain."),
        /** None: the size is given. */
        NONE("the size given is", "Write fit: cover, contain or stretch to accept other sizes.");

        private final String subject;
        private final String advice;

        Model(String subject, String advice) {
            this.subject = subject;
            this.advice = advice;
        }
    }

    private static final List<Integer> CHANNELS = List.of(1, 3);

    /**
     * Require the shape of grey or colour images.
     *
     * @param file a picture, for messages
     * @throws InputException if the training examples have another shape
     */
    static void requireImages(Shape trained, Path file) {
        if (!trained.isImage() || !CHANNELS.contains(trained.dimensions().get(2))) {
            throw new InputException(
                            "a picture is a grey or colour image, but the training examples are " + trained.named())
                    .inFile(file.toString());
        }
    }

    /** Return a fit; none if pictures of another size are refused. */
    static Optional<Fit> given(Fit fit) {
        return Optional.of(fit).filter(known -> known != Fit.NONE);
    }

    int height() {
        return shape.dimensions().get(0);
    }

    int width() {
        return shape.dimensions().get(1);
    }

    int channels() {
        return shape.dimensions().get(2);
    }

    /**
     * Decode a picture, and bring it to this form.
     *
     * @return [height, width, channels]
     * @throws InputException if it cannot be decoded, or has another size although there is no fit
     */
    byte[] pixels(Picture picture) {
        // Before the pixels are decoded: a small file can claim a picture larger than any memory.
        if (fit.isEmpty() && hasOtherSize(picture)) {
            throw new InputException(
                            "the picture has " + picture.width() + " x " + picture.height() + " pixels, but "
                                    + model.subject + " " + width() + " x " + height(),
                            model.advice)
                    .inFile(picture.path().toString());
        }
        byte[] pixels = picture.pixels(channels(), invert);
        return fit.isEmpty()
                ? pixels
                : fit.get().apply(pixels, picture.height(), picture.width(), channels(), height(), width());
    }

    /** Return in words the changes of a picture by {@link #pixels}, after that. */
    List<String> changes(Picture picture) {
        List<String> changes = new ArrayList<>();
        if (hasOtherSize(picture)) {
            changes.add(fit.orElseThrow().words(picture.height(), picture.width(), height(), width()));
        }
        if (channels() == 1 && picture.isColoured()) {
            changes.add("its colours were converted to grey, as the training images are");
        }
        return changes;
    }

    private boolean hasOtherSize(Picture picture) {
        return picture.height() != height() || picture.width() != width();
    }

    /** Return this form as text, which differs for forms that give other pixels. */
    String text() {
        return shape + fit.map(Fit::name).orElse("") + (invert ? " inverted" : "");
    }

    /** Return the part of a source's description that says how pictures are brought to this form. */
    String origin() {
        return shape
                + fit.map(known -> ", " + known.name().toLowerCase(Locale.ROOT)).orElse("")
                + (invert ? ", inverted" : "");
    }
}
