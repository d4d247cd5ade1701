package dev.chainrule.app.init;

import java.util.Comparator;
import java.util.Map;

/**
 * The balance of the classes to learn.
 *
 * @param counts of the used rows of each class, sorted; empty if the target is a number
 */
record ClassBalance(Map<String, Integer> counts) {
    /** With fewer rows of a class, its share of a tenth is a row or none. */
    private static final int ENOUGH_TO_STRATIFY = 10;
    /** If one class is this many times as frequent as another, always answering with it looks accurate. */
    private static final int UNEVEN = 3;
    /** If one of two classes is this many times as frequent as the other, training hardly sees the other. */
    private static final int SKEWED = 10;

    /** Return whether each class is large enough to keep its share in a part of a tenth. */
    boolean allowsStrata() {
        return !counts.isEmpty() && least() >= ENOUGH_TO_STRATIFY;
    }

    /** Return whether the share of correct answers says little about the rarest class. */
    boolean isUneven() {
        return !counts.isEmpty() && greatest() >= UNEVEN * least();
    }

    /**
     * Return whether the rarer of two classes deserves more weight. Among several classes, weights trade many correct answers for few: on
     * the weather of docs/TABLES.md, the accuracy fell from 0.82 to 0.55.
     */
    boolean isSkewed() {
        return counts.size() == 2 && greatest() >= SKEWED * least();
    }

    /** Return the rarest class, the first among equals. */
    String rarest() {
        return counts.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    int least() {
        return counts.values().stream().min(Comparator.naturalOrder()).orElse(0);
    }

    int greatest() {
        return counts.values().stream().max(Comparator.naturalOrder()).orElse(0);
    }
}
