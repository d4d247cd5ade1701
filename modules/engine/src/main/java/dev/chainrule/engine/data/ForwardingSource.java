package dev.chainrule.engine.data;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Provenance;
import dev.chainrule.math.Matrix;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** A source that answers as another one does; a subclass changes some of its answers. */
abstract class ForwardingSource implements DataSource {
    final DataSource source;

    ForwardingSource(DataSource source) {
        this.source = source;
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
        source.readInput(index, x, row);
    }

    @Override
    public void readTarget(int index, Matrix y, int row) {
        source.readTarget(index, y, row);
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
    public void prefetch(int index) {
        source.prefetch(index);
    }

    @Override
    public void load() {
        source.load();
    }

    @Override
    public Optional<String> location(int index) {
        return source.location(index);
    }

    @Override
    public Provenance provenance() {
        return source.provenance();
    }

    @Override
    public SortedMap<Integer, String> unusable() {
        return source.unusable();
    }

    @Override
    public Optional<String> rowName(int row) {
        return source.rowName(row);
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
}
