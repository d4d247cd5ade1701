package dev.chainrule.app.command;

import dev.chainrule.api.InputException;
import dev.chainrule.app.record.KnownRun;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.shell.Tables;
import dev.chainrule.config.bind.Suggestion;
import dev.chainrule.engine.files.Json;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.math.Numbers;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** List runs. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = {
            "List runs: name, date, state, exit code and the metrics of the model that each run keeps.",
            "'best.' before a metric means its best value of all epochs: best.validation.loss.",
            "A run that was killed is 'unfinished', one that goes on is 'running'."
        },
        footer = {
            "",
            "Examples:",
            "  java -jar pipeline.jar runs",
            "  java -jar pipeline.jar runs --name 'mnist*' --sort test.accuracy",
            "  java -jar pipeline.jar runs --where 'test.accuracy>=0.98' --where state=completed --json"
        })
public final class RunsCommand implements Callable<Integer> {
    private static final Pattern CONDITION = Pattern.compile("([^<>=]+)(<=|>=|<|>|=)(.+)");
    private static final List<String> FACTS = List.of("name", "date", "state", "exit", "steps");
    private static final int MOST_METRICS = 4;

    private final Context context;

    @Parameters(
            arity = "0..1",
            paramLabel = "FOLDER",
            description = "Where the runs are, or a single run. Default: runs.")
    private Path folder = Context.RUNS;

    @Option(names = "--name", paramLabel = "PATTERN", description = "Only runs of this name; * stands for any letters.")
    private String name = "*";

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description = "Only runs of which this holds, such as 'test.loss<0.1' or state=completed. Repeatable.")
    private List<String> conditions = new ArrayList<>();

    @Option(
            names = "--sort",
            paramLabel = "KEY",
            defaultValue = "date",
            description =
                    "name, date, state, exit, steps or a metric: youngest, longest and best first. Default: date.")
    private String sort;

    @Option(names = "--reverse", description = "The other way round.")
    private boolean reverse;

    @Option(names = "--json", description = "Print JSON, for programs.")
    private boolean json;

    public RunsCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        List<KnownRun> runs = new ArrayList<>();
        for (RunDirectory directory : RunDirectory.all(folder)) {
            KnownRun.read(directory, context).filter(this::isWanted).ifPresent(runs::add);
        }
        requireKnown(sort, runs);
        Comparator<KnownRun> order = KnownRun.by(sort);
        runs.sort(reverse ? order.reversed() : order);
        if (json) {
            context.out().println(Json.pretty(runs.stream().map(KnownRun::json).toList()));
        } else {
            table(runs).forEach(context.out()::println);
        }
        return ExitCode.DONE;
    }

    private boolean isWanted(KnownRun run) {
        boolean named = FileSystems.getDefault()
                .getPathMatcher("glob:" + name.replaceAll("[\\[\\]{}\\\\]", "?"))
                .matches(Path.of(run.name()));
        return named && conditions.stream().allMatch(condition -> holds(condition, run));
    }

    private static boolean holds(String condition, KnownRun run) {
        Matcher parts = CONDITION.matcher(condition);
        if (!parts.matches()) {
            throw new InputException(
                    "--where is '" + condition + "'", "Write a metric or state, one of < <= = >= >, and a value.");
        }
        String key = parts.group(1).strip();
        String wanted = parts.group(3).strip();
        if (FACTS.contains(key) && parts.group(2).equals("=")) {
            return run.fact(key).equals(wanted);
        }
        Optional<Double> value = run.value(key);
        double limit = number(wanted, condition);
        return value.isPresent()
                && switch (parts.group(2)) {
                    case "<" -> value.get() < limit;
                    case "<=" -> value.get() <= limit;
                    case ">" -> value.get() > limit;
                    case ">=" -> value.get() >= limit;
                    default -> value.get() == limit;
                };
    }

    private static double number(String text, String condition) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new InputException("--where is '" + condition + "'", "'" + text + "' is not a number.");
        }
    }

    private static void requireKnown(String key, List<KnownRun> runs) {
        Set<String> known = new LinkedHashSet<>(FACTS);
        runs.forEach(run -> known.addAll(run.metrics().names()));
        if (!known.contains(key) && !runs.isEmpty()) {
            throw new InputException(
                    "no run has '" + key + "' to sort by",
                    Suggestion.didYouMean(key, known) + "Known: " + String.join(", ", known) + ".");
        }
    }

    private List<String> table(List<KnownRun> runs) {
        if (runs.isEmpty()) {
            return List.of(
                    "no runs in " + folder + (conditions.isEmpty() && name.equals("*") ? "" : " of which that holds"));
        }
        List<String> metrics = runs.stream()
                .flatMap(run -> run.metrics().kept().keySet().stream())
                .distinct()
                .sorted(Comparator.comparing((String metric) -> !metric.equals(sort))
                        .thenComparing(metric -> metric.startsWith("train."))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST_METRICS)
                .toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(Stream.concat(
                        Stream.of("name", "date (UTC)", "state", "exit", "steps"),
                        Stream.concat(metrics.stream(), Stream.of("run")))
                .toList());
        for (KnownRun run : runs) {
            Stream<String> values = metrics.stream()
                    .map(metric -> run.value(metric).map(Numbers::rounded).orElse(""));
            rows.add(Stream.concat(
                            Stream.of(run.name(), run.date(), run.state(), run.exit(), String.valueOf(run.steps())),
                            Stream.concat(values, Stream.of(run.path())))
                    .toList());
        }
        boolean[] right = new boolean[rows.get(0).size()];
        Arrays.fill(right, FACTS.indexOf("exit"), right.length - 1, true);
        return Tables.format(rows, right);
    }
}
