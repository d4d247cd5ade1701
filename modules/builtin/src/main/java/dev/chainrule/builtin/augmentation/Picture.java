package dev.chainrule.builtin.augmentation;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.OneOrMore;
import java.util.List;

/** The size of the images that an augmentation changes. */
record Picture(int height, int width, int channels) {
    /**
     * Return the size of the images of an encoding.
     *
     * @param augmentation the name of its kind, for messages
     * @throws InputException if examples are not images
     */
    static Picture of(String augmentation, Encoding encoding) {
        if (!encoding.inputs().isEmpty()) {
            throw new InputException(
                    augmentation + " changes one image, but an example has the inputs " + encoding.inputs(),
                    "Remove it: of examples with named inputs, only noise and mixup change something.");
        }
        if (!encoding.shape().isImage()) {
            throw new InputException(
                    augmentation + " changes images [height, width, channels], but an example is "
                            + encoding.shape().named(),
                    "Remove it: of other examples, only noise and mixup change something.");
        }
        List<Integer> sides = encoding.shape().dimensions();
        return new Picture(sides.get(0), sides.get(1), sides.get(2));
    }

    /**
     * Return whether the pixels of an image have classes, which must move with them.
     *
     * @throws InputException if the targets have other positions, or are numbers at each pixel
     */
    boolean hasClasses(String augmentation, Encoding encoding) {
        for (Target target : encoding.targets().values()) {
            boolean moves = target.isClass() && target.positions().equals(List.of(height, width));
            if (!target.positions().isEmpty() && !moves) {
                throw new InputException(
                        augmentation + " moves the pixels of images, but cannot move their targets "
                                + (target.isClass() ? "at " + target.positions() : "of numbers"),
                        "Remove it: targets move with an image if they are a class for each of its pixels.");
            }
        }
        return encoding.targets().values().stream()
                .anyMatch(target -> !target.positions().isEmpty());
    }

    /** Require a number of pixels for each axis, or one for both. */
    static void require(String parameter, OneOrMore<Integer> pixels, int least) {
        List<Integer> values = pixels.values();
        ParameterException.require(
                !values.isEmpty() && values.size() <= 2 && values.stream().allMatch(value -> value >= least),
                parameter,
                values.size() == 1 ? values.get(0) : values,
                least + " or more, or two such numbers for height and width");
    }

    /**
     * Require that the images of an encoding are larger than a number of pixels.
     *
     * @throws InputException at the parameter if they are not; if examples are not images
     */
    static void requireLarger(String augmentation, String parameter, OneOrMore<Integer> pixels, Encoding encoding) {
        Picture picture = of(augmentation, encoding);
        if (vertical(pixels) >= picture.height() || horizontal(pixels) >= picture.width()) {
            throw new InputException(
                            augmentation + " by up to "
                                    + (pixels.values().size() == 1
                                            ? pixels.values().get(0)
                                            : pixels.values()) + " pixels leaves nothing of images of "
                                    + picture.height() + " by " + picture.width() + " pixels",
                            "Write less than their height and width.")
                    .atConfig(parameter);
        }
    }

    static int vertical(OneOrMore<Integer> pixels) {
        return pixels.values().get(0);
    }

    static int horizontal(OneOrMore<Integer> pixels) {
        return pixels.values().get(pixels.values().size() - 1);
    }

    /** Return the column of a matrix that contains the first channel of a pixel. */
    int column(int y, int x) {
        return (y * width + x) * channels;
    }
}
