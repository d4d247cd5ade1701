package dev.chainrule.math.kernel;

import dev.chainrule.math.Patches;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.Window;
import java.util.Arrays;

/**
 * Patches of images of {@code float}, gathered and added, shared by threads.
 *
 * <p>Threads that gather share the patches. Threads that add share the lines of the images, a line being all pixels of one image at one
 * height: each thread passes over all patches in their order and adds the numbers of its own lines, so no number is added by two.
 */
final class FloatPatches implements ThreadTeam.Task {
    /** Below this number of elements one thread computes all, as in {@link FloatElements}. */
    private static final int SHARED_FROM = 32_768;

    private final ThreadTeam team;
    private Patches patches;
    private int first;
    private int count;
    private float[] images;
    private float[] rows;
    private boolean gathers;

    /** Create the loops of one caller. */
    FloatPatches(ThreadTeam team) {
        this.team = team;
    }

    /** Copy patches of images to rows. */
    void gather(float[] images, Patches patches, int first, int count, float[] rows) {
        this.gathers = true;
        compute(images, patches, first, count, rows);
    }

    /** Add rows to the images. */
    void add(float[] rows, Patches patches, int first, int count, float[] images) {
        this.gathers = false;
        compute(images, patches, first, count, rows);
    }

    private void compute(float[] images, Patches patches, int first, int count, float[] rows) {
        this.images = images;
        this.patches = patches;
        this.first = first;
        this.count = count;
        this.rows = rows;
        if (count == 0) {
            return;
        }
        if (team.threads() > 1 && (long) count * patches.size() >= SHARED_FROM) {
            team.run(this);
        } else {
            run(0, 1);
        }
        this.images = null; // release the arrays
        this.rows = null;
    }

    @Override
    public void run(int part, int parts) {
        int top = line(first, 0);
        int lines = line(first + count - 1, patches.vertical().size() - 1) + 1 - top;
        if (gathers) {
            pass(first + share(count, part, parts), first + share(count, part + 1, parts), top, top + lines);
        } else {
            pass(first, first + count, top + share(lines, part, parts), top + share(lines, part + 1, parts));
        }
    }

    private static int share(int count, int part, int parts) {
        return (int) ((long) count * part / parts);
    }

    /** Return the line, counted over all images, at or next to which a row of the window is. */
    private int line(int patch, int element) {
        Window vertical = patches.vertical();
        int image = patch / patches.positions();
        int place = vertical.place(
                patch % patches.positions() / patches.horizontal().positions(), element);
        return image * vertical.length() + Math.min(Math.max(place, 0), vertical.length() - 1);
    }

    /** Pass over patches, and of images over the lines from {@code top} to before {@code bottom}. */
    private void pass(int from, int to, int top, int bottom) {
        Window vertical = patches.vertical();
        Window horizontal = patches.horizontal();
        int across = horizontal.positions();
        int width = horizontal.size() * patches.count();
        for (int patch = from; patch < to; patch++) {
            int image = patch / patches.positions();
            int position = patch % patches.positions();
            int row = (patch - first) * patches.size();
            for (int a = 0; a < vertical.size(); a++, row += width) {
                int line = image * vertical.length() + vertical.place(position / across, a);
                if (!vertical.covers(position / across, a)) {
                    if (gathers) {
                        Arrays.fill(rows, row, row + width, 0);
                    }
                } else if (line >= top && line < bottom) {
                    passRow(row, line * horizontal.length(), position % across);
                }
            }
        }
    }

    /** Pass over one row of a window, whose numbers begin at {@code row}; its line of the image begins with a pixel. */
    private void passRow(int row, int pixel, int position) {
        Window horizontal = patches.horizontal();
        int channels = patches.channels();
        int width = patches.count();
        int start = pixel * channels + patches.first();
        int at = row;
        if (horizontal.dilation() == 1 && width == channels) { // neighbours in the window are neighbours in the image
            int before = Math.max(0, -horizontal.place(position, 0));
            int covered = Math.min(horizontal.size(), horizontal.length() - horizontal.place(position, 0));
            int inside = Math.max(0, covered - before) * width;
            int begin = row + Math.min(before, horizontal.size()) * width;
            if (gathers) {
                Arrays.fill(rows, row, begin, 0);
                Arrays.fill(rows, begin + inside, row + horizontal.size() * width, 0);
            }
            passNeighbours(start + horizontal.place(position, before) * channels, begin, inside);
            return;
        }
        for (int b = 0; b < horizontal.size(); b++, at += width) {
            if (horizontal.covers(position, b)) {
                passNeighbours(start + horizontal.place(position, b) * channels, at, width);
            } else if (gathers) {
                Arrays.fill(rows, at, at + width, 0);
            }
        }
    }

    /** Pass over neighbours in an image and in a row. */
    private void passNeighbours(int pixel, int row, int width) {
        float[] of = images;
        float[] in = rows;
        if (gathers) {
            for (int j = 0; j < width; j++) {
                in[row + j] = of[pixel + j];
            }
        } else {
            for (int j = 0; j < width; j++) {
                of[pixel + j] += in[row + j];
            }
        }
    }
}
