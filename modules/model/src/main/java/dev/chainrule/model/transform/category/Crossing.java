package dev.chainrule.model.transform.category;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The crossing of columns of names. The number of a combination is that of the first name, times the names of the second column, plus the
 * number of the second name, and so on; an example with an unknown name has no combination. Hashed, it is the hash of the texts: with h = 0
 * and the FNV-1a hash of each text in UTF-16 (64 bits; Fowler, Noll and Vo), h becomes mix(h·0x9E3779B97F4A7C15 + hash), where mix is the
 * finalizer of SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014); modulo the buckets,
 * without a sign.
 */
final class Crossing extends CategoryTransform {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final List<Encoding.Column> columns;
    private final int buckets;
    private final int combinations;
    private final int last;
    /** By place: the hash of each name; empty if combinations are numbered. */
    private final List<long[]> hashes;
    /** By place: the name of the present example. */
    private final int[] names;

    Crossing(Cross spec, Encoding from, Kernels kernels) {
        this(spec, from, lastOf(spec, from), crossed(spec, from), kernels);
    }

    private Crossing(Cross spec, Encoding from, Encoding.Column lastColumn, Encoding.Column crossed, Kernels kernels) {
        super(
                spec.columns(),
                from,
                column -> column.equals(lastColumn) ? List.of(column, crossed) : List.of(column),
                "cross",
                kernels);
        this.columns = columns(spec.columns(), from);
        this.buckets = spec.buckets().orElse(0);
        this.combinations = crossed.width();
        this.last = columns.indexOf(lastColumn);
        this.names = new int[columns.size()];
        this.hashes = columns.stream()
                .map(column ->
                        column.categories().stream().mapToLong(Crossing::hash).toArray())
                .toList();
    }

    /** Return the chosen column that comes last in the examples. */
    private static Encoding.Column lastOf(Cross spec, Encoding from) {
        return columns(spec.columns(), from).stream()
                .max(Comparator.comparing(column -> from.columns().indexOf(column)))
                .orElseThrow();
    }

    private static Encoding.Column crossed(Cross spec, Encoding from) {
        String name = String.join(" × ", spec.columns());
        if (spec.buckets().isPresent()) {
            return new Encoding.Column(
                    name,
                    IntStream.range(0, spec.buckets().get())
                            .mapToObj(i -> "bucket " + i)
                            .toList());
        }
        List<String> combined = List.of("");
        for (Encoding.Column column : columns(spec.columns(), from)) {
            List<String> before = combined;
            combined = before.stream()
                    .flatMap(some ->
                            column.categories().stream().map(next -> some.isEmpty() ? next : some + " × " + next))
                    .toList();
        }
        return new Encoding.Column(name, combined);
    }

    private static long hash(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    private static long mix(long z) {
        long first = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        long second = (first ^ first >>> 27) * 0x94D049BB133111EBL;
        return second ^ second >>> 31;
    }

    @Override
    int write(int place, int name, int fold, Matrix out, int row, int at) {
        names[place] = name;
        Encoding.Column column = columns.get(place);
        int written = 0;
        for (int j = 0; j < column.width(); j++) {
            out.set(row, at + written++, column.ordinal() ? name : j == name ? 1 : 0);
        }
        int combination = place == last ? combination() : 0;
        for (int j = 0; place == last && j < combinations; j++) {
            out.set(row, at + written++, j == combination ? 1 : 0);
        }
        return written;
    }

    /** Return the number of the combination of the present example's names; −1 if one is unknown. */
    private int combination() {
        long combination = 0;
        for (int place = 0; place < names.length; place++) {
            if (names[place] == UNKNOWN) {
                return -1;
            }
            combination = buckets > 0
                    ? mix(combination * GOLDEN + hashes.get(place)[names[place]])
                    : combination * hashes.get(place).length + names[place];
        }
        return (int) (buckets > 0 ? Long.remainderUnsigned(combination, buckets) : combination);
    }
}
