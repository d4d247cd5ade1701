package dev.chainrule.app.command;

import dev.chainrule.config.Mark;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.engine.files.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Problems as JSON, in a stable format for editors and scripts, which docs/CONFIG.md describes. */
final class ProblemJson {
    private static final int FORMAT = 1;
    private static final Pattern MEANT = Pattern.compile("Did you mean '([^']*)'\\?|^Write (\\S+)\\.$");
    private static final Pattern ALLOWED = Pattern.compile("(?:Allowed|Known|Measured|Keys of \\w+): (.*)\\.$");

    private ProblemJson() {}

    /**
     * Return the problems of each config. Ends with a line break.
     *
     * @param shown returns a file's name without secrets
     */
    static String of(Map<Path, Problems> found, UnaryOperator<String> shown) {
        List<Object> configs = new ArrayList<>();
        found.forEach((file, problems) -> {
            Map<String, Object> config = new LinkedHashMap<>();
            config.put("config", shown.apply(file.toString()));
            config.put("ok", !problems.hasErrors());
            config.put("problems", of(problems));
            configs.add(config);
        });
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("format", FORMAT);
        whole.put("errors", all(found).filter(Problem::isError).count());
        whole.put("warnings", all(found).filter(problem -> !problem.isError()).count());
        whole.put("configs", configs);
        return Json.pretty(whole);
    }

    /** Return problems, sorted by their places. */
    static List<Map<String, Object>> of(Problems problems) {
        return problems.sorted().stream().map(ProblemJson::of).toList();
    }

    private static Stream<Problem> all(Map<Path, Problems> found) {
        return found.values().stream().flatMap(problems -> problems.sorted().stream());
    }

    private static Map<String, Object> of(Problem problem) {
        Optional<Mark> place = problem.mark().filter(Mark::hasLine);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("severity", problem.severity().name().toLowerCase(Locale.ROOT));
        json.put("file", problem.mark().map(mark -> mark.source().name()).orElse(null));
        json.put("line", place.map(Mark::line).orElse(null));
        json.put("column", place.map(Mark::column).orElse(null));
        json.put("end", place.map(Mark::endColumn).orElse(null));
        json.put("path", problem.path().isEmpty() ? null : problem.path());
        json.put("message", problem.message());
        json.put("received", place.flatMap(ProblemJson::token).orElse(null));
        json.put("allowed", first(ALLOWED, problem).orElse(null));
        json.put("suggestion", first(MEANT, problem).orElse(null));
        json.put("notes", problem.notes());
        return json;
    }

    /** Return the text that the carets would underline. */
    private static Optional<String> token(Mark mark) {
        return mark.source().line(mark.line()).map(line -> {
            int[] points = line.codePoints().toArray();
            int end = Math.min(points.length, mark.endColumn() - 1);
            int start = Math.min(end, mark.column() - 1);
            return new String(points, start, end - start);
        });
    }

    private static Optional<String> first(Pattern pattern, Problem problem) {
        for (String note : problem.notes()) {
            Matcher matcher = pattern.matcher(note);
            if (matcher.find()) {
                return Optional.of(matcher.group(matcher.group(1) == null ? 2 : 1));
            }
        }
        return Optional.empty();
    }
}
