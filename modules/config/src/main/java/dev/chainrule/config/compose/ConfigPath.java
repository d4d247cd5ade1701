package dev.chainrule.config.compose;

import dev.chainrule.config.node.ConfigNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The path of a value in a config: {@code model[2].units}, {@code expect.'test.accuracy'.min}, {@code model[+]}.
 *
 * <p>Keys may contain dots: the longest run of names that together form a key is taken as one, so quotes are needed
 * only for a key that does not exist yet.
 */
record ConfigPath(List<Step> steps) {
    private static final String ENDS_KEY = ".[]='\"{}";

    /**
     * One part of a path.
     *
     * @param key the name; empty for a place in a list
     * @param index the place in a list, from 0; {@link #APPEND} after the last
     * @param isKey whether it is a name
     * @param from its first character in the text
     * @param to the character after its last
     */
    record Step(String key, int index, boolean isKey, int from, int to) {
        static final int APPEND = -1;

        @Override
        public String toString() {
            return isKey ? key : index == APPEND ? "[+]" : "[" + index + "]";
        }
    }

    /** The fault of a text that is not a path, with its place. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        final int from;
        final int to;

        Malformed(String message, int from, int to) {
            super(message, null, false, false);
            this.from = from;
            this.to = to;
        }
    }

    static ConfigPath parse(String text) throws Malformed {
        List<Step> steps = new ArrayList<>();
        int at = 0;
        while (at < text.length() || steps.isEmpty()) {
            if (at < text.length() && text.charAt(at) == '[') {
                steps.add(index(text, at));
            } else {
                if (!steps.isEmpty()) {
                    if (text.charAt(at) != '.') {
                        throw new Malformed("a path continues with . or [ here", at, at + 1);
                    }
                    at++;
                }
                steps.add(key(text, at));
            }
            at = steps.get(steps.size() - 1).to();
        }
        return new ConfigPath(List.copyOf(steps));
    }

    private static Step key(String text, int at) throws Malformed {
        if (at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"')) {
            int close = text.indexOf(text.charAt(at), at + 1);
            if (close < 0) {
                throw new Malformed("this quote is never closed", at, text.length());
            }
            return new Step(text.substring(at + 1, close), 0, true, at, close + 1);
        }
        int end = at;
        while (end < text.length()
                && ENDS_KEY.indexOf(text.charAt(end)) < 0
                && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        if (end == at) {
            throw new Malformed("a key is missing here", at, Math.min(at + 1, text.length()));
        }
        return new Step(text.substring(at, end), 0, true, at, end);
    }

    private static Step index(String text, int at) throws Malformed {
        int close = text.indexOf(']', at);
        if (close < 0) {
            throw new Malformed("this bracket is never closed", at, text.length());
        }
        String inside = text.substring(at + 1, close);
        if (inside.equals("+")) {
            return new Step("", Step.APPEND, false, at, close + 1);
        }
        if (!inside.matches("0|[1-9][0-9]{0,8}")) {
            throw new Malformed(
                    "'" + inside + "' is not a position in a list, whose first item is [0]",
                    at + 1,
                    Math.max(close, at + 2));
        }
        return new Step("", Integer.parseInt(inside), false, at, close + 1);
    }

    /** Return how many steps from {@code first} together form a key of a mapping; 0 if none do. */
    int keysNaming(ConfigNode.Mapping mapping, int first) {
        int keys = 0;
        while (first + keys < steps.size() && steps.get(first + keys).isKey()) {
            keys++;
        }
        while (keys > 0 && mapping.find(key(first, keys)).isEmpty()) {
            keys--;
        }
        return keys;
    }

    /** Return some steps as one key. */
    String key(int first, int count) {
        return steps.subList(first, first + count).stream().map(Step::key).collect(Collectors.joining("."));
    }

    /** Return the first steps as text. */
    String shown(int count) {
        StringBuilder out = new StringBuilder();
        for (Step step : steps.subList(0, count)) {
            out.append(out.isEmpty() || !step.isKey() ? "" : ".").append(step);
        }
        return out.toString();
    }
}
