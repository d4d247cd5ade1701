package dev.chainrule.engine.data;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.NameLists;
import dev.chainrule.engine.experiment.Data;
import dev.chainrule.engine.experiment.HeldOut;
import dev.chainrule.engine.files.Sha256;
import dev.chainrule.math.RandomStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The choice of the examples of a part by the cells of a column of the training source.
 *
 * <ul>
 *   <li>{@code column}: a cell contains the name of its part.
 *   <li>{@code hash}: with u the first uniform draw of stream {@code split.hash} at (0, h), where h are the first eight bytes of the
 *       SHA-256 of the cell in UTF-8, test takes examples with u below its fraction, validation those with u from 1 − its fraction on. So
 *       the place of an example depends on no other example, and the two parts on neither of them.
 *   <li>{@code by}: the groups, in the order in which they first appear, are permuted by stream {@code split.<name>}; in that order, each
 *       is taken as a whole if the part then has no more examples than it shall have.
 * </ul>
 */
final class ColumnSplit {
    private final Data data;
    private final HeldOut declared;
    private final String name;
    private final String column;
    private final long seed;

    /**
     * Begin.
     *
     * @param declared a part with a deciding column
     * @param name of the part: test or validation
     * @param seed of the run
     */
    ColumnSplit(Data data, HeldOut declared, String name, long seed) {
        this.data = data;
        this.declared = declared;
        this.name = name;
        this.column = declared.decidingColumn().orElseThrow();
        this.seed = seed;
    }

    /**
     * Return the numbers of the examples, ascending.
     *
     * @param available the examples that are not yet split off
     * @param all the number of examples of the source, of which a fraction is one
     * @throws InputException at {@code data.<name>} if the part would be empty or leave nothing, or at the key of the column
     */
    int[] of(Dataset available, int all) {
        String key = declared.column().isPresent() ? "column" : declared.hash().isPresent() ? "hash" : "by";
        int[] taken;
        try {
            taken = switch (key) {
                case "column" -> where(available, isMarked(available));
                case "hash" -> where(available, isDrawn(available));
                default -> groups(available, declared.size(all));
            };
        } catch (InputException e) {
            throw e.atConfig("data." + name + "." + key);
        }
        Split.requirePart(name, taken.length, available.size(), all);
        return taken;
    }

    private static int[] where(Dataset available, IntPredicate isTaken) {
        return IntStream.range(0, available.size()).filter(isTaken).toArray();
    }

    private IntPredicate isDrawn(Dataset available) {
        RandomStream stream = RandomStream.of(seed, HeldOut.HASH_STREAM);
        double share = declared.fraction().orElseThrow();
        return number -> {
            byte[] hash = Sha256.digest().digest(available.cell(number, column).getBytes(StandardCharsets.UTF_8));
            double drawn = stream.at(0, ByteBuffer.wrap(hash).getLong()).uniform();
            return name.equals("test") ? drawn < share : drawn >= 1 - share;
        };
    }

    private IntPredicate isMarked(Dataset available) {
        Set<String> known = new LinkedHashSet<>(List.of("train"));
        data.test().flatMap(part -> mark(part, "test")).ifPresent(known::add);
        data.validation().flatMap(part -> mark(part, "validation")).ifPresent(known::add);
        String own = mark(declared, name).orElseThrow();
        return number -> {
            String cell = available.cell(number, column);
            if (!known.contains(cell)) {
                throw available.problem(
                        number,
                        "column '" + column + "' has '" + cell + "', which is none of the parts "
                                + NameLists.shown(List.copyOf(known)),
                        cell.equals("test") || cell.equals("validation")
                                ? "Add " + cell + ": { column: " + column
                                        + " } to data, so that such rows are not trained on."
                                : "Add value: with the cell that marks the examples of a part.");
            }
            return cell.equals(own);
        };
    }

    /** Return the cell that marks the examples of a part, if this column decides. */
    private Optional<String> mark(HeldOut part, String partName) {
        return part.column().filter(column::equals).map(given -> part.value().orElse(partName));
    }

    private int[] groups(Dataset available, long most) {
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        for (int number = 0; number < available.size(); number++) {
            groups.computeIfAbsent(available.cell(number, column), group -> new ArrayList<>())
                    .add(number);
        }
        List<List<Integer>> all = new ArrayList<>(groups.values());
        List<Integer> taken = new ArrayList<>();
        for (int group : RandomStream.of(seed, "split." + name).permutation(all.size(), 0)) {
            if (taken.size() + all.get(group).size() <= most) {
                taken.addAll(all.get(group));
            }
        }
        if (taken.isEmpty()) {
            int least = all.stream().mapToInt(List::size).min().orElseThrow();
            throw new InputException(
                    name + " takes at most " + most + " examples, but every group of '" + column + "' has at least "
                            + least,
                    "Increase fraction or count.");
        }
        return taken.stream().mapToInt(number -> number).sorted().toArray();
    }
}
