package dev.chainrule.engine.data;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Provenance;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.RunException;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.MemoryShortage;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** A data source whose late errors point at its place in the config. */
final class PlacedSource implements DataSource {
    private final DataSource source;
    private final String place;

    /**
     * Create it from a source.
     *
     * @param place that declares it: {@code data.train}
     */
    PlacedSource(DataSource source, String place) {
        this.source = source;
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
    public int size() {
        return source.size();
    }

    @Override
    public Encoding encoding() {
        return source.encoding();
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
    public Optional<String> cell(int index, String column) {
        return source.cell(index, column);
    }

    @Override
    public boolean hasWeights() {
        return source.hasWeights();
    }

    @Override
    public double weight(int index) {
        return source.weight(index);
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
    public Optional<String> location(int index) {
        return source.location(index);
    }

    @Override
    public Provenance provenance() {
        try {
            return source.provenance();
        } catch (InputException e) {
            throw e.below(place);
        }
    }

    @Override
    public long bytes() {
        return source.bytes();
    }

    @Override
    public boolean hasGaps() {
        return source.hasGaps();
    }

    @Override
    public List<String> warnings() {
        return source.warnings();
    }

    @Override
    public SortedMap<Integer, String> unusable() {
        return source.unusable();
    }
}
