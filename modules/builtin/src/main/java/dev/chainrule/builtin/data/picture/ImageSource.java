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
                "How a picture of another size is brought to that of the training images, as for images; by default it is refused, "
                        + "as by none.")
        Optional<Fit> fit)
        implements DataSourceSpec {
    @Override
    public DataSource open(DataContext context) {
        Path path = context.resolve(file);
        if (context.labelled()) {
            throw new InputException("a picture has no label: it can only be used for predictions")
                    .inFile(path.toString());
        }
        Picture picture = Picture.open(path);
        Shape shape =
                context.training().map(Encoding::shape).orElseGet(() -> Shape.of(picture.height(), picture.width(), 1));
        PictureForm.requireImages(shape, path);
        PictureForm form =
                new PictureForm(shape, PictureForm.given(fit.orElse(Fit.NONE)), invert, PictureForm.Model.TRAINING);
        PictureForm.Formed formed = form.formed(picture);
        List<String> warnings = new ArrayList<>(picture.warnings());
        formed.changes().forEach(change -> warnings.add(path.getFileName() + ": " + change));
        Target goal = context.training().map(Encoding::target).orElse(new Target(Target.Form.CLASS_INDEX, List.of()));
        return new ImageBytes(
                LazyBytes.of(formed.pixels()),
                Optional.empty(),
                new Range(0, 1),
                new Encoding(shape, List.of(), goal),
                "picture " + file,
                warnings);
    }
}
