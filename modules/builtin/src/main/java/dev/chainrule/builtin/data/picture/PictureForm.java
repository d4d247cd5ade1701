package dev.chainrule.builtin.data.picture;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
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
                "predict --fit drawing cuts out a drawing on paper, such as a digit, and centres it as MNIST's digits are;"
                        + " --fit contain, cover and stretch scale the whole picture."),
        /** None: the size is given. */
        NONE("the size given is", "Write fit: cover, contain, stretch or drawing to accept other sizes.");

        private final String subject;
        private final String advice;

        Model(String subject, String advice) {
            this.subject = subject;
            this.advice = advice;
        }
    }

    private static final int COLOURS = 3;
    private static final List<Integer> CHANNELS = List.of(1, COLOURS);
    private static final int LARGEST = 4096;

    /**
     * The keys by which a source chooses a form.
     *
     * @param height by default that of the training pictures, or else of the first one, which all must have
     * @param width given if the height is
     * @param channels by default those of the training pictures, or else 3
     */
    record Keys(
            Optional<Integer> height, Optional<Integer> width, Optional<Integer> channels, Fit fit, boolean invert) {
        Keys {
            requireSide("height", height);
            requireSide("width", width);
            ParameterException.require(
                    height.isPresent() == width.isPresent(),
                    height.isPresent() ? "width" : "height",
                    "missing",
                    "both height and width, or neither");
            channels.ifPresent(n -> ParameterException.require(
                    CHANNELS.contains(n), "channels", n, "1 (grey) or 3 (red, green, blue)"));
        }

        private static void requireSide(String name, Optional<Integer> side) {
            side.ifPresent(n -> ParameterException.require(n >= 1 && n <= LARGEST, name, n, "1 to " + LARGEST));
        }

        /**
         * Return the form.
         *
         * @param first the file of the first picture
         * @param trained the shape of the training pictures, if these are others
         */
        PictureForm form(Path first, Optional<Shape> trained) {
            trained.ifPresent(shape -> requireImages(shape, first));
            int depth = channels.or(
                            () -> trained.map(shape -> shape.dimensions().get(2)))
                    .orElse(COLOURS);
            if (height.isPresent()) {
                return new PictureForm(
                        Shape.of(height.get(), width.orElseThrow(), depth), given(fit), invert, Model.NONE);
            }
            if (trained.isPresent()) {
                List<Integer> sides = trained.get().dimensions();
                return new PictureForm(Shape.of(sides.get(0), sides.get(1), depth), given(fit), invert, Model.TRAINING);
            }
            Picture picture = Picture.open(first);
            if (picture.height() > LARGEST || picture.width() > LARGEST) {
                throw new InputException(
                                "the first picture has " + picture.width() + " x " + picture.height() + " pixels",
                                "Give height: and width:, each at most " + LARGEST
                                        + ", the size to which all are brought.")
                        .inFile(first.toString());
            }
            return new PictureForm(
                    Shape.of(picture.height(), picture.width(), depth), Optional.empty(), invert, Model.FIRST);
        }
    }

    PictureForm {
        if (fit.equals(Optional.of(Fit.DRAWING)) && shape.dimensions().get(2) != 1) {
            throw new InputException(
                            "fit is drawing, which makes grey pictures, but the images have "
                                    + shape.dimensions().get(2) + " channels",
                            "Write channels: 1, or use another fit.")
                    .atConfig("fit");
        }
    }

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
     * A picture in a form.
     *
     * @param pixels [height, width, channels]
     * @param changes of the picture, in words
     */
    record Formed(byte[] pixels, List<String> changes) {}

    /**
     * Decode a picture, and bring it to this form.
     *
     * @throws InputException if it cannot be decoded, or cannot be brought to the form
     */
    Formed formed(Picture picture) {
        // Before the pixels are decoded: a small file can claim a picture larger than any memory.
        if (fit.isEmpty() && hasOtherSize(picture)) {
            throw new InputException(
                            "the picture has " + picture.width() + " x " + picture.height() + " pixels, but "
                                    + model.subject + " " + width() + " x " + height(),
                            model.advice)
                    .inFile(picture.path().toString());
        }
        byte[] pixels = picture.pixels(channels(), invert);
        List<String> changes = new ArrayList<>();
        if (fit.equals(Optional.of(Fit.DRAWING))) {
            Drawing drawing = drawing(picture, pixels);
            pixels = drawing.centred(height(), width());
            changes.add(drawing.words(height(), width()));
        } else if (hasOtherSize(picture)) {
            Fit known = fit.orElseThrow();
            pixels = known.apply(pixels, picture.height(), picture.width(), channels(), height(), width());
            changes.add(known.words(picture.height(), picture.width(), height(), width()));
        }
        if (channels() == 1 && picture.isColoured()) {
            changes.add("its colours were converted to grey, as the training images are");
        }
        return new Formed(pixels, changes);
    }

    private static Drawing drawing(Picture picture, byte[] pixels) {
        try {
            return new Drawing(pixels, picture.height(), picture.width());
        } catch (InputException e) {
            throw e.inFile(picture.path().toString());
        }
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
