package dev.chainrule.config;

import java.util.List;

/**
 * A renderer of problems in the style of a compiler: place and message, the line with the token underlined, the notes.
 *
 * <pre>
 * configs/mnist.yaml:14:44: error: unknown activation 'sofmax'
 *    14 |   - { type: dense, units: 128, activation: sofmax }
 *       |                                            ^^^^^^
 *    at model[0].activation. Did you mean 'softmax'? Known: identity, relu, sigmoid, softmax, tanh.
 *    If yours comes from a plugin, put its jar in plugins/ (see docs/PLUGINS.md).
 *
 * 1 error
 * </pre>
 */
public final class ProblemPrinter {
    /** The most problems shown: the first ones explain most of the others. */
    private static final int MOST_SHOWN = 100;

    private static final String INDENT = "   ";
    private static final String BOLD = "\u001b[1m";
    private static final String RED = "\u001b[1;31m";
    private static final String YELLOW = "\u001b[1;33m";
    private static final String RESET = "\u001b[0m";

    private final boolean colour;

    /**
     * Create a printer.
     *
     * @param colour whether to use ANSI escapes, for terminals
     */
    public ProblemPrinter(boolean colour) {
        this.colour = colour;
    }

    /**
     * Return the problems by place, at most {@link #MOST_SHOWN}, separated by empty lines, and their count. Ends with a
     * line break unless empty.
     */
    public String print(Problems problems) {
        List<Problem> sorted = problems.sorted();
        StringBuilder out = new StringBuilder();
        for (Problem problem : sorted.subList(0, Math.min(MOST_SHOWN, sorted.size()))) {
            out.append(print(problem)).append('\n');
        }
        String shown = sorted.size() > MOST_SHOWN ? "; the first " + MOST_SHOWN + " are shown" : "";
        return sorted.isEmpty()
                ? ""
                : out.append(count(sorted)).append(shown).append('\n').toString();
    }

    /** Return one problem. Ends with a line break. */
    public String print(Problem problem) {
        String accent = problem.isError() ? RED : YELLOW;
        StringBuilder out = new StringBuilder();
        problem.mark()
                .ifPresent(mark ->
                        out.append(styled(BOLD, shown(mark.toString()) + ":")).append(' '));
        out.append(styled(accent, problem.isError() ? "error:" : "warning:"))
                .append(' ')
                .append(shown(problem.message()))
                .append('\n');
        problem.mark()
                .flatMap(mark -> mark.source().line(mark.line()).map(line -> Excerpt.of(mark, line)))
                .ifPresent(excerpt -> out.append(excerpt.quoted())
                        .append(styled(accent, excerpt.carets()))
                        .append('\n'));
        int next = 0;
        if (!problem.path().isEmpty()) {
            out.append(INDENT).append("at ").append(shown(problem.path())).append('.');
            if (!problem.notes().isEmpty()) {
                out.append(' ').append(shown(problem.notes().get(next++)));
            }
            out.append('\n');
        }
        for (String note : problem.notes().subList(next, problem.notes().size())) {
            out.append(INDENT).append(shown(note)).append('\n');
        }
        return out.toString();
    }

    private static String count(List<Problem> problems) {
        long errors = problems.stream().filter(Problem::isError).count();
        long warnings = problems.size() - errors;
        if (warnings == 0) {
            return plural(errors, "error");
        }
        return errors == 0 ? plural(warnings, "warning") : plural(errors, "error") + ", " + plural(warnings, "warning");
    }

    private static String plural(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private String styled(String style, String text) {
        return colour ? style + text + RESET : text;
    }

    /** Show line breaks and terminal escapes in users' texts instead of obeying them. */
    private static String shown(String text) {
        return ControlCharacters.escape(text.replace("\n", "\\n").replace("\t", "\\t"));
    }
}
