package dev.chainrule.builtin.data.picture;

import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import java.util.Optional;

/** A column of a table that has the paths of pictures, which are a named input beside the other columns. */
@Doc("A column of paths, whose pictures are a named input.")
public record PictureColumn(
        @Doc(
                "The column of paths; by default, the one with the name of the input. Relative paths begin in the folder of the "
                        + "table.")
        Optional<String> column,

        @Doc("The height to which pictures are brought; by default that of the first one, which all must have.")
        Optional<Integer> height,

        @Doc("The width to which pictures are brought; by default that of the first one, which all must have.")
        Optional<Integer> width,

        @Doc("1 for grey, 3 for red, green and blue; by default those of the training pictures, which have 3.")
        Optional<Integer> channels,

        @Doc("How pictures of another shape are brought to the size, as for images.") @Default("cover")
        Fit fit,

        @Doc("Whether to invert the brightness, so that dark ink on white paper becomes bright on black.")
        @Default("false")
        boolean invert,

        @Doc(
                "The treatment of rows whose picture cannot be read: error, or skip, with a warning that has their number.")
        @Default("error")
        ImagesSource.Broken broken) {
    public PictureColumn {
        PictureForm.Keys unused = new PictureForm.Keys(height, width, channels, fit, invert);
    }

    /** Return the column of paths of an input. */
    public String column(String input) {
        return column.orElse(input);
    }

    PictureForm.Keys keys() {
        return new PictureForm.Keys(height, width, channels, fit, invert);
    }
}
