package dev.chainrule.builtin.data.mnist;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Provenance;
import dev.chainrule.builtin.data.Range;
import dev.chainrule.builtin.data.Sha256;
import dev.chainrule.math.Matrix;
import java.util.List;
import java.util.Objects;

/**
 * A fallback for an unavailable source, which it reports as a warning.
 *
 * @param other the source that is read instead
 * @param range the part of it that is read
 * @param warning the notice that the user must not miss
 */
record Substitute(DataSource other, Range range, String warning) implements DataSource {
    @Override
    public int size() {
        return range.size();
    }

    @Override
    public Encoding encoding() {
        return other.encoding();
    }

    @Override
    public void readInput(int index, Matrix x, int row) {
        other.readInput(place(index), x, row);
    }

    @Override
    public void readTarget(int index, Matrix y, int row) {
        other.readTarget(place(index), y, row);
    }

    @Override
    public void load() {
        other.load();
    }

    @Override
    public long bytes() {
        return other.bytes();
    }

    @Override
    public Provenance provenance() {
        Provenance whole = other.provenance();
        String sha256 = range.size() == other.size()
                ? whole.sha256()
                : new Sha256()
                        .add(whole.sha256())
                        .add(range.first())
                        .add(range.size())
                        .hex();
        return new Provenance(whole.origin(), sha256);
    }

    @Override
    public List<String> warnings() {
        return List.of(warning);
    }

    private int place(int index) {
        return range.first() + Objects.checkIndex(index, range.size());
    }
}
