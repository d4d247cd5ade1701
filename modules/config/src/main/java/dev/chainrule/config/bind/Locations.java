package dev.chainrule.config.bind;

import dev.chainrule.api.error.InputException;
import dev.chainrule.config.Mark;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Source;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The places of a config's values, so that later errors can point there. */
public final class Locations {
    private final Map<String, Mark> marks = new LinkedHashMap<>();
    private final Mark root;

    Locations(Mark root) {
        this.root = root;
    }

    void put(String path, Mark mark) {
        marks.put(path, mark);
    }

    /** Return the place of the value with this path; empty if it was not written. */
    public Optional<Mark> find(String path) {
        return Optional.ofNullable(marks.get(path));
    }

    /** Return whether some value was written at a place. */
    public boolean contains(Mark mark) {
        return marks.containsValue(mark);
    }

    /** Return the place of the value with this path; for a default, the place of the nearest enclosing value. */
    public Mark nearest(String path) {
        String rest = path;
        while (!rest.isEmpty()) {
            Mark mark = marks.get(rest);
            if (mark != null) {
                return mark;
            }
            rest = rest.substring(0, Math.max(0, Math.max(rest.lastIndexOf('.'), rest.lastIndexOf('['))));
        }
        return root;
    }

    /**
     * Turn an exception about a config path or a file into a problem with a place.
     *
     * <p>A faulty file is itself the place; the config path and its place show where the file was requested.
     */
    public static Problem problemAt(InputException e, Locations locations) {
        Optional<Mark> mark = e.file()
                .map(file -> Mark.whole(Source.named(file)))
                .or(() -> e.configPath().map(locations::nearest));
        String path = e.configPath()
                .map(asked -> e.file().isPresent() && !locations.marks.isEmpty()
                        ? asked + " of " + locations.nearest(asked)
                        : asked)
                .orElse("");
        return new Problem(Problem.Severity.ERROR, mark, path, e.getMessage(), e.notes(), Optional.of(e));
    }
}
