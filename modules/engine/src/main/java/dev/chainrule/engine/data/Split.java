package dev.chainrule.engine.data;

import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.engine.experiment.HeldOut;
import dev.chainrule.math.RandomStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.IntStream;

/** The choice of the examples that are split off from the training source. */
final class Split {
    private final HeldOut declared;
    private final String name;
    private final RandomStream stream;

    /**
     * Begin.
     *
     * @param name of the part: test or validation
     * @param seed of the run, for the stream {@code split.<name>}
     */
    Split(HeldOut declared, String name, long seed) {
        this.declared = declared;
        this.name = name;
        this.stream = RandomStream.of(seed, "split." + name);
    }

    /**
     * Return the numbers of the examples, ascending: the last ones, the beginning of a permutation, or with strata the first ones of
     * each class in that permutation.
     *
     * @param available the examples that are not yet split off
     * @param all the number of examples of the source, of which a fraction is one
     * @throws InputException at {@code data.<name>} if the part would be empty or leave nothing, or if there are no strata
     */
    int[] of(Dataset available, int all) {
        int size = available.size();
        long count = declared.size(all);
        requirePart(name, count, size, all);
        if (declared.stream(name).isEmpty()) {
            return IntStream.range(size - (int) count, size).toArray();
        }
        int[] order = stream.permutation(size, 0);
        int[] taken = declared.stratify().orElse(false)
                ? stratified(available, order, (int) count)
                : Arrays.copyOf(order, (int) count);
        Arrays.sort(taken);
        return taken;
    }

    /**
     * Require that a part takes some examples and leaves some.
     *
     * @throws InputException at {@code data.<name>} if it does not
     */
    static void requirePart(String name, long count, int available, int all) {
        if (count < 1 || count >= available) {
            throw new InputException(
                            name + " would take " + count + " of " + (available == all ? "" : "the remaining ")
                                    + available + " examples",
                            "At least one example must be taken and one must be left to train on.")
                    .atConfig("data." + name);
        }
    }

    /** Return the first examples of each class in an order, as many as its share of the count. */
    private int[] stratified(Dataset available, int[] order, int count) {
        String target = available.encoding().targets().entrySet().stream()
                .filter(named -> named.getValue().form() == Target.Form.CLASS_INDEX
                        && named.getValue().rows() == 1)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new InputException(
                                "stratify keeps the shares of the classes, but an example has no class",
                                "Remove stratify.")
                        .atConfig("data." + name + ".stratify"));
        int[] left = quotas(available.classCounts(target), available.size(), count);
        int[] classes = available.classes(target);
        return IntStream.of(order).filter(number -> left[classes[number]]-- > 0).toArray();
    }

    /**
     * Share a count among classes in proportion to their examples, rounded down; the classes with the largest remainders, the first ones
     * among equals, get one more until the sum is the count (Hamilton's method).
     */
    private static int[] quotas(int[] examples, int all, int count) {
        int[] quotas = new int[examples.length];
        long[] remainders = new long[examples.length];
        int given = 0;
        for (int i = 0; i < quotas.length; i++) {
            long share = (long) examples[i] * count;
            quotas[i] = (int) (share / all);
            remainders[i] = share % all;
            given += quotas[i];
        }
        IntStream.range(0, quotas.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> -remainders[i]))
                .limit(count - given)
                .forEach(i -> quotas[i]++);
        return quotas;
    }
}
