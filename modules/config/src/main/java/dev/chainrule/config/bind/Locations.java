package dev.chainrule.config.bind;

import dev.chainrule.api.InputException;
import dev.chainrule.config.Mark;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Source;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Remember where each value of a config was written, so that what is found later can point there. */
public final class Locations {
    private final Map<String, Mark> marks = new LinkedHashMap<>();
    private final Mark root;

    Locations(Mark root) {
        this.root = root;
    }

    void put(String path, Mark mark) {
        marks.put(path, mark);
    }

    /** Return where the value of a path was written, if it was. */
    public Optional<Mark> find(String path) {
        return Optional.ofNullable(marks.get(path));
    }

    /**
     * Return where the value of a path was written; for one that exists only by default, where the nearest value around it
     * was.
     */
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
     * Turn an exception that names a config path, or a file, into a problem with a place.
     *
     * <p>A file that is wrong is the place; the config path and its place say who asked for it.
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
