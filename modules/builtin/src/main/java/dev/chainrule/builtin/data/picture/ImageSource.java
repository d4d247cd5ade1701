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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One picture as an example without label, to predict its class. Inputs are 0 … 255. */
@Component("image")
@Doc(
        "One PNG, JPEG, GIF, BMP or TIFF picture, for predictions. It is rotated according to its EXIF data, with transparent "
                + "parts white, and converted to grey if the training images are.")
public record ImageSource(
        @Doc("The file: PNG, JPEG, BMP, or GIF or TIFF with a single picture.")
        String file,

        @Doc("Whether to invert the brightness: MNIST's digits are white on black, unlike ink on paper.")
        @Default("false")
        boolean invert,

        @Doc(
                "How a picture of another size is brought to that of the training images, as for images; by default it is refused.")
        Optional<Fit> fit)
        implements DataSourceSpec {
    private static final List<Integer> CHANNELS = List.of(1, 3);

    @Override
    public DataSource open(DataContext context) {
        Path path = context.resolve(file);
        if (context.labelled()) {
            throw new InputException("a picture has no label: it can only be used for predictions")
                    .inFile(path.toString());
        }
        Picture picture = Picture.open(path);
        Optional<Shape> trained = context.training().map(Encoding::shape);
        // Before the pixels are decoded: a small file can claim a picture larger than any memory.
        trained.ifPresent(shape -> requireFit(shape, picture, path));
        int channels = trained.map(shape -> shape.dimensions().get(2)).orElse(1);
        byte[] pixels = picture.pixels(channels, invert);
        List<String> warnings = new ArrayList<>(picture.warnings());
        Shape shape = Shape.of(picture.height(), picture.width(), channels);
        if (trained.isPresent() && !trained.get().equals(shape)) {
            shape = trained.get();
            int height = shape.dimensions().get(0);
            int width = shape.dimensions().get(1);
            pixels = fit.orElseThrow().apply(pixels, picture.height(), picture.width(), channels, height, width);
            warnings.add(path.getFileName() + ": "
                    + fit.orElseThrow().words(picture.height(), picture.width(), height, width));
        }
        Target goal = context.training().map(Encoding::target).orElse(new Target(Target.Form.CLASS_INDEX, List.of()));
        return new ImageBytes(
                LazyBytes.of(pixels),
                Optional.empty(),
                new Range(0, 1),
                new Encoding(shape, List.of(), goal),
                "picture " + file,
                warnings);
    }

    private void requireFit(Shape trained, Picture picture, Path path) {
        List<Integer> wanted = trained.dimensions();
        if (!trained.isImage() || !CHANNELS.contains(wanted.get(2))) {
            throw new InputException("a picture is "
                            + Shape.of(picture.height(), picture.width(), 1).named()
                            + ", but the training examples are " + trained.named()
                            + ", which are not grey or colour images")
                    .inFile(path.toString());
        }
        if (fit.isEmpty() && (wanted.get(0) != picture.height() || wanted.get(1) != picture.width())) {
            throw new InputException(
                            "the picture is " + picture.width() + " x " + picture.height()
                                    + " pixels, but the training images are " + wanted.get(1) + " x " + wanted.get(0),
                            "Scale it first, so that the drawing is as large and as centred as in the training images.")
                    .inFile(path.toString());
        }
    }
}
