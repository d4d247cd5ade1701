package dev.chainrule.config.compose;

import dev.chainrule.config.Mark;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.config.Source;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Remember what must not be shown, and show what was written instead. Safe for use by several threads. */
public final class Secrets {
    /** What is shorter stands in many texts by chance, and could not be hidden without making them unreadable. */
    static final int SHORTEST = 4;

    private final Map<String, String> shown = new LinkedHashMap<>();

    /** Hide a value from now on. */
    public synchronized void add(String value, String written) {
        shown.putIfAbsent(value, written);
    }

    /** Hide what another collection hides. */
    public void addAll(Secrets others) {
        others.values().forEach(entry -> add(entry.getKey(), entry.getValue()));
    }

    /** Return a text with what was written in the place of each hidden value. */
    public String hide(String text) {
        String hidden = text;
        for (Map.Entry<String, String> entry : values()) {
            hidden = hidden.replace(entry.getKey(), entry.getValue());
        }
        return hidden;
    }

    /** Return a problem whose place, message and notes hide what must not be shown. */
    public Problem hide(Problem problem) {
        return new Problem(
                problem.severity(),
                problem.mark().map(this::hide),
                problem.path(),
                hide(problem.message()),
                problem.notes().stream().map(this::hide).toList(),
                problem.cause());
    }

    /** Return problems whose places, messages and notes hide what must not be shown. */
    public Problems hide(Problems problems) {
        Problems hidden = new Problems();
        problems.sorted().forEach(problem -> hidden.add(hide(problem)));
        return hidden;
    }

    /** A config may name a file by a secret. */
    private Mark hide(Mark mark) {
        String name = hide(mark.source().name());
        return name.equals(mark.source().name()) ? mark : Mark.whole(Source.named(name));
    }

    /** Return values with what was written for them, the longest first: one may be a part of another. */
    synchronized List<Map.Entry<String, String>> values() {
        if (shown.isEmpty()) {
            return List.of();
        }
        return shown.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(entry -> -entry.getKey().length()))
                .toList();
    }
}
