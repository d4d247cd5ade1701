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
 *
 * <p>Patches are visited by rows of positions. Within a row all patches that are inside the image along the width are one run of
 * equal blocks: for each position and each row of the window the numbers of neighbouring pixels, which are neighbours in memory, or those
 * of one pixel if only some channels are gathered, or if the window is dilated. A patch that is partly outside is a run of its own.
 */
public class FloatPatches implements ThreadTeam.Task {
    /** Below this number of elements one thread computes all, as in {@link FloatElements}. */
    private static final int SHARED_FROM = 32_768;

    private final ThreadTeam team;
    private Patches patches;
    private Window vertical;
    private Window horizontal;
    private int channel;
    private int channels;
    private int first;
    private int count;
    private float[] images;
    private float[] rows;
    private boolean gathers;

    /** The numbers from a place in the image to the next position, window row and window column; the last only between blocks. */
    protected int step;

    protected int down;
    protected int across;
    /** The numbers of a patch, and of one of its rows. */
    protected int size;

    protected int width;

    /** Create the loops of one caller. */
    public FloatPatches(ThreadTeam team) {
        this.team = team;
    }

    /** Copy patches of images to rows. */
    final void gather(float[] images, Patches patches, int first, int count, float[] rows) {
        gather(images, patches, 0, patches.count(), first, count, rows);
    }

    /** Copy some neighbouring channels of patches of images to rows, the first from {@code channel} on. */
    final void gather(float[] images, Patches patches, int channel, int channels, int first, int count, float[] rows) {
        this.gathers = true;
        set(images, patches, channel, channels, first, count, rows);
        if (team.threads() > 1 && (long) count * size >= SHARED_FROM) {
            team.run(this);
        } else {
            run(0, 1);
        }
        release();
    }

    /** Add rows to the images. */
    final void add(float[] rows, Patches patches, int first, int count, float[] images) {
        this.gathers = false;
        set(images, patches, 0, patches.count(), first, count, rows);
        if (team.threads() > 1 && (long) count * size >= SHARED_FROM) {
            team.run(this);
        } else {
            run(0, 1);
        }
        release();
    }

    /** Add rows to the lines of images from {@code top} to before {@code bottom}. */
    final void add(float[] rows, Patches patches, int first, int count, float[] images, int top, int bottom) {
        this.gathers = false;
        set(images, patches, 0, patches.count(), first, count, rows);
        pass(first, first + count, top, bottom);
        release();
    }

    private void set(float[] images, Patches patches, int channel, int channels, int first, int count, float[] rows) {
        this.images = images;
        this.patches = patches;
        this.vertical = patches.vertical();
        this.horizontal = patches.horizontal();
        this.first = first;
        this.count = count;
        this.rows = rows;
        this.step = horizontal.stride() * patches.channels();
        this.down = vertical.dilation() * horizontal.length() * patches.channels();
        this.across = horizontal.dilation() * patches.channels();
        this.channel = patches.first() + channel;
        this.channels = channels;
        this.width = horizontal.size() * channels;
        this.size = vertical.size() * width;
    }

    /** Release the arrays. */
    private void release() {
        this.images = null;
        this.rows = null;
    }

    @Override
    public final void run(int part, int parts) {
        if (count == 0) {
            return;
        }
        int top = line(first, 0);
        int lines = line(first + count - 1, vertical.size() - 1) + 1 - top;
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
        int image = patch / patches.positions();
        int place = vertical.place(patch % patches.positions() / horizontal.positions(), element);
        return image * vertical.length() + Math.min(Math.max(place, 0), vertical.length() - 1);
    }

    /** Pass over patches, and of images over the lines from {@code top} to before {@code bottom}. */
    private void pass(int from, int to, int top, int bottom) {
        int limit = (to - first) * size;
        for (int patch = from; patch < to; ) {
            int image = patch / patches.positions() * vertical.length();
            int row = patch % patches.positions() / horizontal.positions();
            int column = patch % horizontal.positions();
            int end = Math.min(horizontal.positions(), column + to - patch);
            int begin = vertical.begin(row);
            int rest = vertical.end(row);
            while (begin < rest && image + vertical.place(row, begin) < top) {
                begin++;
            }
            while (begin < rest && image + vertical.place(row, rest - 1) >= bottom) {
                rest--;
            }
            int at = (patch - first) * size;
            if (begin < rest) {
                passRow(image + vertical.place(row, begin), begin, rest, column, end, at, limit);
            }
            if (gathers) {
                for (int i = column; i < end; i++, at += size) {
                    Arrays.fill(rows, at, at + begin * width, 0);
                    Arrays.fill(rows, at + rest * width, at + size, 0);
                }
            }
            patch += end - column;
        }
    }

    /**
     * Pass over the window rows from {@code begin} to before {@code rest}, of the positions of a row from {@code column} to before
     * {@code end}.
     *
     * @param line the line of the first window row
     * @param at the index of the first patch in the rows
     * @param limit the end of the patches in the rows
     */
    private void passRow(int line, int begin, int rest, int column, int end, int at, int limit) {
        int inside = Math.min(end, Math.max(column, horizontal.inside()));
        int right = Math.min(end, Math.max(inside, horizontal.insideEnd()));
        int to = at + begin * width;
        for (int i = column; i < inside; i++, to += size) {
            passRun(line, rest - begin, i, 1, to, limit);
        }
        if (inside < right) {
            passRun(line, rest - begin, inside, right - inside, to, limit);
        }
        to += (right - inside) * size;
        for (int i = right; i < end; i++, to += size) {
            passRun(line, rest - begin, i, 1, to, limit);
        }
    }

    /** Pass over positions that cover the same window columns, which are those of the first. */
    private void passRun(int line, int lines, int column, int positions, int to, int limit) {
        int begin = horizontal.begin(column);
        int end = horizontal.end(column);
        int from = (line * horizontal.length() + horizontal.place(column, begin)) * patches.channels() + channel;
        int inside = to + begin * channels;
        int covered = (end - begin) * channels;
        boolean neighbours = horizontal.dilation() == 1 && channels == patches.channels();
        int blocks = neighbours ? 1 : end - begin;
        int columns = neighbours ? covered : channels;
        if (begin < end) {
            if (gathers) {
                gather(images, from, rows, inside, positions, lines, blocks, columns, limit);
            } else {
                add(images, from, rows, inside, positions, lines, blocks, columns);
            }
        }
        if (gathers && covered < width) {
            for (int row = to; row < to + lines * width; row += width) {
                Arrays.fill(rows, row, row + begin * channels, 0);
                Arrays.fill(rows, row + begin * channels + covered, row + width, 0);
            }
        }
    }

    /**
     * Copy blocks of images to rows: y[to + p·size + a·width + b·columns + j] = x[from + p·step + a·down + b·across + j].
     *
     * @param x images. Not modified.
     * @param y rows. Modified; the numbers from the first written to before {@code limit} that are not copied may be changed, too.
     */
    protected void gather(
            float[] x, int from, float[] y, int to, int positions, int lines, int blocks, int columns, int limit) {
        for (int p = 0; p < positions; p++) {
            for (int a = 0; a < lines; a++) {
                int source = from + p * step + a * down;
                int target = to + p * size + a * width;
                for (int b = 0; b < blocks; b++, source += across, target += columns) {
                    for (int j = 0; j < columns; j++) {
                        y[target + j] = x[source + j];
                    }
                }
            }
        }
    }

    /**
     * Add blocks of rows to images: x[from + p·step + a·down + b·across + j] += y[to + p·size + a·width + b·columns + j], p ascending.
     *
     * @param x images. Modified.
     * @param y rows. Not modified.
     */
    protected void add(float[] x, int from, float[] y, int to, int positions, int lines, int blocks, int columns) {
        for (int p = 0; p < positions; p++) {
            for (int a = 0; a < lines; a++) {
                int target = from + p * step + a * down;
                int source = to + p * size + a * width;
                for (int b = 0; b < blocks; b++, target += across, source += columns) {
                    for (int j = 0; j < columns; j++) {
                        x[target + j] += y[source + j];
                    }
                }
            }
        }
    }
}
