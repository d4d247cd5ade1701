package dev.chainrule.app.command.show;

import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * A picture drawn with characters, two for each pixel, because a character is about twice as high as wide. ASCII alone, so that every
 * terminal and log shows it; bright pixels are dense characters, as on a dark terminal.
 */
public final class TextPicture {
    private static final String SHADES = " .:-=+*#%@";

    private TextPicture() {}

    /**
     * Draw a picture; colours become grey, and of a picture that is too wide, the mean of several pixels is drawn.
     *
     * @param x [1, height · width · channels], 0 or more. Not modified.
     * @param columns that it may fill
     */
    public static List<String> of(Matrix x, Shape shape, int columns) {
        int height = shape.dimensions().get(0);
        int width = shape.dimensions().get(1);
        int channels = shape.dimensions().get(2);
        int block = Math.max(1, (2 * width + columns - 1) / columns);
        double white = Math.max(1, x.get(0, x.columnOfGreatest(0)));
        List<String> lines = new ArrayList<>();
        for (int top = 0; top < height; top += block) {
            StringBuilder line = new StringBuilder();
            for (int left = 0; left < width; left += block) {
                double sum = 0;
                int count = 0;
                for (int i = top; i < Math.min(height, top + block); i++) {
                    for (int j = left; j < Math.min(width, left + block); j++) {
                        for (int c = 0; c < channels; c++, count++) {
                            sum += x.get(0, (i * width + j) * channels + c);
                        }
                    }
                }
                double share = Math.max(0, Math.min(1, sum / count / white));
                line.append(String.valueOf(SHADES.charAt((int) Math.rint(share * (SHADES.length() - 1))))
                        .repeat(2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
