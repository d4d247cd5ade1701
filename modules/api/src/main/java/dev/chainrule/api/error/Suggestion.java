package dev.chainrule.api.error;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The name that a misspelt one was probably meant to be. */
public final class Suggestion {
    private static final int LONGEST = 64;

    private Suggestion() {}

    /**
     * {@return {@code "Did you mean 'softmax'? "}, or nothing if no name is near}
     *
     * @param received the misspelt name
     * @param names those that exist
     */
    public static String didYouMean(String received, Collection<String> names) {
        return nearest(received, names)
                .map(name -> "Did you mean '" + name + "'? ")
                .orElse("");
    }

    /**
     * {@return the nearest name, if it is near enough: one edit for every three letters} Among equally near names it is the first
     * with the same initial letter, since first letters are seldom wrong.
     *
     * @param received the misspelt name
     * @param names those that exist
     */
    public static Optional<String> nearest(String received, Collection<String> names) {
        String wanted = normal(received);
        if (wanted.isEmpty() || wanted.length() > LONGEST) {
            return Optional.empty();
        }
        Optional<String> best = Optional.empty();
        int least = Integer.MAX_VALUE;
        for (String name : names) {
            int edits = distance(wanted, normal(name));
            int allowed = Math.max(1, Math.max(wanted.length(), name.length()) / 3);
            if (edits > allowed || edits >= wanted.length()) {
                continue;
            }
            if (edits < least || edits == least && beginsAlike(wanted, name) && !beginsAlike(wanted, best.get())) {
                least = edits;
                best = Optional.of(name);
            }
        }
        return best;
    }

    private static boolean beginsAlike(String wanted, String name) {
        return normal(name).charAt(0) == wanted.charAt(0);
    }

    /**
     * {@return a name in its form for comparisons: in lower case, without hyphens, underscores and blanks}
     *
     * @param name as it is written
     */
    public static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    /**
     * Count insertions, deletions, substitutions and swaps of neighbours (optimal string alignment; Damerau 1964,
     * Levenshtein 1966).
     */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int substitution = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + substitution);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
