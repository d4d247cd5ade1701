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
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.data.ImageBytes;
import dev.chainrule.builtin.data.LazyBytes;
import dev.chainrule.builtin.data.Range;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One picture as an example without label, to predict its class. Inputs are 0 … 255. */
@Component("image")
@Doc("One PNG, JPEG, GIF or BMP picture, for predictions. It is rotated according to its EXIF data and "
        + "converted to grey, with transparent parts white; it must have the size of the training images.")
public record ImageSource(
        @Doc("The file: PNG, JPEG, BMP, or GIF with a single picture.")
        String file,

        @Doc("Whether to invert the brightness: MNIST's digits are white on black, unlike ink on paper.")
        @Default("false")
        boolean invert)
        implements DataSourceSpec {
    @Override
    public DataSource open(DataContext context) {
        Path path = context.resolve(file);
        if (context.labelled()) {
            throw new InputException("a picture has no label: it can only be used for predictions")
                    .inFile(path.toString());
        }
        Picture picture = Picture.open(path);
        Shape shape = Shape.of(picture.height(), picture.width(), 1);
        // Before the pixels are decoded: a small file can claim a picture larger than any memory.
        context.training().ifPresent(training -> requireSize(training, shape, path));
        byte[] pixels = picture.luminance(invert);
        Target goal = context.training().map(Encoding::target).orElse(new Target(Target.Form.CLASS_INDEX, List.of()));
        return new ImageBytes(
                LazyBytes.of(pixels),
                Optional.empty(),
                new Range(0, 1),
                new Encoding(shape, List.of(), goal),
                "picture " + file,
                picture.warnings());
    }

    private static void requireSize(Encoding training, Shape shape, Path path) {
        List<Integer> wanted = training.shape().dimensions();
        if (!training.shape().isImage() || wanted.get(2) != 1) {
            throw new InputException("a picture is " + shape.named() + ", but the training examples are "
                            + training.shape().named()
                            + ", which are not grey images")
                    .inFile(path.toString());
        }
        if (!training.shape().equals(shape)) {
            List<Integer> own = shape.dimensions();
            throw new InputException(
                            "the picture is " + own.get(1) + " x " + own.get(0) + " pixels, but the training "
                                    + "images are "
                                    + wanted.get(1) + " x " + wanted.get(0),
                            "Scale it first, so that the drawing is as large and as centred as in the training images.")
                    .inFile(path.toString());
        }
    }
}
