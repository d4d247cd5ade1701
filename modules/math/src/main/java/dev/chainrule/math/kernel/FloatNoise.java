package dev.chainrule.math.kernel;

import dev.chainrule.math.Draws;
import dev.chainrule.math.RandomStream;
import dev.chainrule.math.ThreadTeam;

/** Noise of {@code float} from the normal distribution, rows shared by threads. */
@SuppressWarnings("cast") // a cast that narrows here does nothing in the source for double
final class FloatNoise implements ThreadTeam.Task {
    /** Below this number of draws one thread makes all: waking a parked thread takes as long as a hundred draws. */
    private static final int SHARED_FROM = 512;

    private final ThreadTeam team;
    /** The draws of each part, created by its thread, so that no two threads write to one cache line. */
    private final Draws[] draws;

    private RandomStream stream;
    private int epoch;
    private long first;
    private double deviation;
    private float[] noise;
    private int rows;
    private int columns;

    /** Create the noise of one caller. */
    FloatNoise(ThreadTeam team) {
        this.team = team;
        this.draws = new Draws[team.threads()];
    }

    /** Compute noise[i·columns + j] = deviation times draw j of the normal distribution at the place (epoch, first + i). */
    void draw(RandomStream stream, int epoch, long first, double deviation, float[] noise, int rows, int columns) {
        this.stream = stream;
        this.epoch = epoch;
        this.first = first;
        this.deviation = deviation;
        this.noise = noise;
        this.rows = rows;
        this.columns = columns;
        if (team.threads() > 1 && (long) rows * columns >= SHARED_FROM) {
            team.run(this);
        } else {
            run(0, 1);
        }
        this.noise = null; // release the array
    }

    @Override
    public void run(int part, int parts) {
        int from = (int) ((long) rows * part / parts);
        int to = (int) ((long) rows * (part + 1) / parts);
        if (draws[part] == null) {
            draws[part] = stream.at(epoch, first);
        }
        Draws own = draws[part];
        for (int i = from; i < to; i++) {
            own.seek(stream, epoch, first + i);
            for (int j = i * columns; j < (i + 1) * columns; j++) {
                noise[j] = (float) (deviation * own.noise());
            }
        }
    }
}
