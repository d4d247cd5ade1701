package dev.chainrule.app.command;

import dev.chainrule.api.error.InputException;
import dev.chainrule.app.record.RunColumns;
import dev.chainrule.app.record.RunCondition;
import dev.chainrule.app.record.RunListing;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.shell.TableFormat;
import dev.chainrule.app.shell.Tables;
import dev.chainrule.app.shell.Terminal;
import dev.chainrule.engine.files.Json;
import dev.chainrule.engine.record.RunDirectory;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that lists runs. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = {
            "List runs with their names, dates, states, exit codes and the metrics of their models.",
            "The prefix 'best.' gives the best value of a metric over all epochs:",
            "best.validation.loss.",
            "In --columns, --sort and --where, a setting is given by its path:",
            "optimizer.learning_rate.",
            "A killed run is 'unfinished'; one still in progress is 'running'."
        },
        footer = {
            "",
            "Examples:",
            "  java -jar pipeline.jar runs",
            "  java -jar pipeline.jar runs --name 'mnist*' --sort test.accuracy",
            "  java -jar pipeline.jar runs --columns optimizer.learning_rate,test.loss,run \\",
            "      --format markdown",
            "  java -jar pipeline.jar runs --where 'test.accuracy>=0.98' \\",
            "      --where state=completed --json"
        })
public final class RunsCommand implements Callable<Integer> {
    private static final String DATE = "date";
    private static final List<String> LEAST_WANTED = List.of(DATE, "exit", "steps", "name", "state");
    private static final int OF_METRIC = 10;
    private static final int OF_SETTING = 11;
    private static final int OF_SORTED = 12;
    private static final int OF_RUN = 13;

    private final Context context;

    @Parameters(
            arity = "0..1",
            paramLabel = "FOLDER",
            description = "The folder of the runs, or a single run. Default: runs.")
    private Path folder = Context.RUNS;

    @Option(
            names = "--name",
            paramLabel = "PATTERN",
            description = "Show only runs with this name; * matches any characters.")
    private String name = "*";

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description =
                    "Show only runs that meet this condition, such as 'test.loss<0.1', state=completed or optimizer=adam. "
                            + "Repeatable.")
    private List<String> conditions = new ArrayList<>();

    @Option(
            names = "--sort",
            paramLabel = "KEY",
            defaultValue = DATE,
            description = "Sort by a fact, a metric or a setting: most recent date, most steps or best metric first. "
                    + "Default: date.")
    private String sort;

    @Option(names = "--reverse", description = "Reverse the order.")
    private boolean reverse;

    @Option(
            names = "--columns",
            paramLabel = "KEY",
            split = ",",
            description =
                    "Show only these columns: facts (name, date, state, exit, steps, epoch, run), metrics or settings. "
                            + "Default: facts, the settings that differ between runs with the same name, and metrics.")
    private List<String> columns = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, csv, markdown, latex or json. Numbers are exact in csv and json. Default: table.")
    private String format;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    public RunsCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        TableFormat form = json ? TableFormat.JSON : form();
        List<RunCondition> wanted = conditions.stream().map(RunCondition::parse).toList();
        List<RunListing> runs = new ArrayList<>();
        for (RunDirectory directory : RunDirectory.all(folder)) {
            RunListing.read(directory, context).filter(this::isNamed).ifPresent(runs::add);
        }
        RunColumns all = new RunColumns(runs);
        wanted.forEach(condition -> all.require(condition.key(), "to compare in --where"));
        all.require(sort, "to sort by");
        columns.forEach(column -> all.require(column, "to show in a column"));
        runs.removeIf(run -> !wanted.stream().allMatch(condition -> condition.test(run)));
        Comparator<RunListing> order = RunListing.by(sort);
        runs.sort(reverse ? order.reversed() : order);
        if (form == TableFormat.JSON) {
            context.out()
                    .println(Json.pretty(runs.stream().map(RunListing::json).toList()));
        } else {
            lines(runs, form, Terminal.room(context.environment())).forEach(context::print);
        }
        return ExitCode.DONE;
    }

    private TableFormat form() {
        return Stream.of(TableFormat.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(format))
                .findFirst()
                .orElseThrow(() -> new InputException(
                        "--format is '" + format + "'", "Write table, csv, markdown, latex or json."));
    }

    private boolean isNamed(RunListing run) {
        return FileSystems.getDefault()
                .getPathMatcher("glob:" + name.replaceAll("[\\[\\]{}\\\\]", "?"))
                .matches(Path.of(run.name()));
    }

    private List<String> lines(List<RunListing> runs, TableFormat form, int room) {
        boolean forPrograms = form == TableFormat.CSV;
        if (runs.isEmpty() && form == TableFormat.TABLE) {
            return List.of("no runs in " + folder + (conditions.isEmpty() && name.equals("*") ? "" : " that match"));
        }
        List<String> keys = columns.isEmpty() ? new RunColumns(runs).usual(sort, forPrograms) : columns;
        List<List<String>> rows = new ArrayList<>();
        rows.add(keys.stream()
                .map(key -> key.equals(DATE) && !forPrograms ? "date (UTC)" : key)
                .toList());
        for (RunListing run : runs) {
            rows.add(keys.stream()
                    .map(key -> forPrograms ? run.exact(key).orElse("") : run.shown(key))
                    .toList());
        }
        boolean[] right = new boolean[keys.size()];
        int[] wanted = new int[keys.size()];
        for (int i = 0; i < right.length; i++) {
            String key = keys.get(i);
            right[i] = runs.stream().map(run -> run.shown(key)).allMatch(RunsCommand::isNumberOrNothing);
            wanted[i] = columns.isEmpty() ? wanted(key, runs) : -i;
        }
        if (form != TableFormat.TABLE || room == Integer.MAX_VALUE) {
            return form.lines(rows, right);
        }
        if (!Tables.fits(rows, room)) {
            rows.set(0, RunColumns.shortHeadings(rows.get(0)));
        }
        return Tables.fit(rows, right, wanted, room);
    }

    private int wanted(String key, List<RunListing> runs) {
        if (key.equals(RunListing.RUN)) {
            return OF_RUN;
        }
        if (key.equals(sort) && !key.equals(DATE)) {
            return OF_SORTED;
        }
        if (LEAST_WANTED.contains(key)) {
            return LEAST_WANTED.indexOf(key);
        }
        return runs.stream().anyMatch(run -> run.settings().containsKey(key)) ? OF_SETTING : OF_METRIC;
    }

    private static boolean isNumberOrNothing(String text) {
        return text.matches("(-?[0-9.]+(e-?[0-9]+)?|NaN|-?Infinity)?");
    }
}
