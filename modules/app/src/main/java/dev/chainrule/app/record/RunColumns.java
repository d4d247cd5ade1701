package dev.chainrule.app.record;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.Suggestion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The columns of a list of runs. */
public final class RunColumns {
    private static final int MOST_SETTINGS = 6;
    private static final int MOST_METRICS = 4;
    private static final String METRIC = "(best\\.)?(train|validation|test)\\..*";

    private final List<RunListing> runs;

    /** Choose for these runs. */
    public RunColumns(List<RunListing> runs) {
        this.runs = List.copyOf(runs);
    }

    /**
     * Return the columns that are shown if the user names none: facts, the settings that differ, metrics of the kept models.
     *
     * @param sort the column that the runs are sorted by, which is among them
     * @param all whether there is room for every setting that differs and every metric
     */
    public List<String> usual(String sort, boolean all) {
        List<String> columns = new ArrayList<>(List.of("name", "date", "state", "exit", "steps"));
        columns.addAll(first(Settings.differing(runs), sort, all ? Integer.MAX_VALUE : MOST_SETTINGS));
        List<String> metrics = runs.stream()
                .flatMap(run -> run.metrics().kept().keySet().stream())
                .distinct()
                .sorted(Comparator.comparing((String metric) -> metric.startsWith("train."))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        columns.addAll(first(metrics, sort, all ? Integer.MAX_VALUE : MOST_METRICS));
        if (!columns.contains(sort)) {
            columns.add(sort);
        }
        columns.add(RunListing.RUN);
        return columns.stream().distinct().toList();
    }

    private static List<String> first(List<String> names, String wanted, int most) {
        Set<String> chosen = new LinkedHashSet<>();
        names.stream().filter(wanted::equals).forEach(chosen::add);
        names.stream().limit(most).forEach(chosen::add);
        return chosen.stream().limit(most).toList();
    }

    /**
     * Return headings for a narrow terminal: settings without the path before their last names, where these tell the columns apart.
     * Metrics keep the name of their dataset.
     */
    public static List<String> shortHeadings(List<String> headings) {
        List<String> last = headings.stream()
                .map(heading -> heading.substring(heading.lastIndexOf('.') + 1))
                .toList();
        return IntStream.range(0, headings.size())
                .mapToObj(i -> Collections.frequency(last, last.get(i)) > 1
                                || headings.get(i).matches(METRIC)
                        ? headings.get(i)
                        : last.get(i))
                .toList();
    }

    /**
     * Require that at least one run has a value.
     *
     * @param purpose of the name, such as {@code to sort by}
     * @throws InputException if none has, though there are runs
     */
    public void require(String name, String purpose) {
        Set<String> known = new LinkedHashSet<>(RunListing.FACTS);
        runs.forEach(run -> known.addAll(run.metrics().names()));
        Set<String> settings = new LinkedHashSet<>();
        runs.forEach(run -> settings.addAll(run.settings().keySet()));
        if (runs.isEmpty() || known.contains(name) || settings.contains(name)) {
            return;
        }
        Set<String> all = new LinkedHashSet<>(known);
        all.addAll(settings);
        throw new InputException(
                "no run has '" + name + "' " + purpose,
                Suggestion.didYouMean(name, all) + "Known: " + String.join(", ", known)
                        + ", and settings such as optimizer.learning_rate.");
    }
}
