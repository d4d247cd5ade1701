package dev.chainrule.engine.data;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Provenance;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.RunException;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.MemoryShortage;

/** A data source whose late errors point at its place in the config. */
final class PlacedSource extends ForwardingSource {
    private final String place;

    /**
     * Create it from a source.
     *
     * @param place that declares it: {@code data.train}
     */
    PlacedSource(DataSource source, String place) {
        super(source);
        this.place = place;
    }

    /**
     * Return the failure of examples for which there is not enough memory.
     *
     * @param bytes of all examples; 0 if that is unknown
     */
    static RunException shortage(String place, long bytes, OutOfMemoryError cause) {
        try {
            return new MemoryShortage("the examples of " + place, bytes, 0).failure(cause);
        } catch (OutOfMemoryError e) { // no memory is left: the cause explains more than this failure
            throw cause;
        }
    }

    @Override
    public void readInput(int index, Matrix x, int row) {
        try {
            source.readInput(index, x, row);
        } catch (InputException e) {
            throw e.below(place);
        }
    }

    @Override
    public void prefetch(int index) {
        try {
            source.prefetch(index);
        } catch (InputException e) {
            throw e.below(place);
        }
    }

    @Override
    public void readTarget(int index, Matrix y, int row) {
        try {
            source.readTarget(index, y, row);
        } catch (InputException e) {
            throw e.below(place);
        }
    }

    @Override
    public void load() {
        try {
            source.load();
        } catch (InputException e) {
            throw e.below(place);
        } catch (OutOfMemoryError e) {
            throw shortage(place, bytes(), e);
        }
    }

    @Override
    public Provenance provenance() {
        try {
            return source.provenance();
        } catch (InputException e) {
            throw e.below(place);
        }
    }
}
