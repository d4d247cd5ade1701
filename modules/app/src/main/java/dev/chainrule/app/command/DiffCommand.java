package dev.chainrule.app.command;

import dev.chainrule.api.InputException;
import dev.chainrule.app.record.Difference;
import dev.chainrule.app.record.FlatConfig;
import dev.chainrule.app.record.OpenedRun;
import dev.chainrule.app.record.RecordDiff;
import dev.chainrule.app.record.RecordedMetrics;
import dev.chainrule.app.record.RunComparison;
import dev.chainrule.app.record.TamperCheck;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.shell.Tables;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.WholeFile;
import dev.chainrule.engine.record.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Show how two runs differ. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Show in what two runs differ, and from which step on.",
            "Compared are config, data, plugins, program and machine, metrics, steps and epochs."
        },
        footer = {"", "Example:", "  java -jar pipeline.jar diff runs/xor/20260102-030405-01234567 latest"})
public final class DiffCommand implements Callable<Integer> {
    private static final String A = "A";
    private static final String B = "B";
    private static final List<String> COMPARED = List.of("resolved.yaml", "metrics.jsonl", "steps.bin", "chain.jsonl");

    private final Context context;

    @Parameters(index = "0", paramLabel = "RUN", description = "A run's name or directory, 'latest', or a packed run.")
    private String one;

    @Parameters(index = "1", paramLabel = "RUN", description = "Another.")
    private String other;

    public DiffCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (OpenedRun first = OpenedRun.open(one, context);
                OpenedRun second = OpenedRun.open(other, context)) {
            RunRecord mine = RunRecord.read(first.directory());
            RunRecord theirs = RunRecord.read(second.directory());
            check(mine, first.label());
            check(theirs, second.label());
            table(List.of(heading(A, first.label(), mine), heading(B, second.label(), theirs)));
            compare(mine, theirs);
        }
        return ExitCode.DONE;
    }

    /** A record that was edited says nothing; of files that differ, where they differ is worth seeing. */
    private void check(RunRecord record, String label) {
        TamperCheck.require(record, label, file -> false);
        TamperCheck.warn(record, label, context, COMPARED::contains);
    }

    private void compare(RunRecord first, RunRecord second) {
        facts("config", config(first, second));
        facts("data", RecordDiff.data(first, second));
        List<Difference> start = RecordDiff.start(first, second);
        if (!start.isEmpty()) {
            facts("start", start);
        }
        facts("plugins", RecordDiff.plugins(first, second));
        facts("program", RecordDiff.program(first, second));
        facts("machine, which must not matter", RecordDiff.machine(first, second));
        metrics(first, second);
        RunComparison comparison = RunComparison.of(first.directory(), second.directory());
        print("");
        print("steps    " + steps(comparison));
        print("epochs   " + epochs(comparison));
    }

    private static List<String> heading(String letter, String label, RunRecord run) {
        return List.of(letter, label, run.text("name"), run.text("state"), run.text("started"));
    }

    private static List<Difference> config(RunRecord one, RunRecord other) {
        return FlatConfig.differences(
                text(one.directory().resolved()), text(other.directory().resolved()));
    }

    private void facts(String title, List<Difference> differences) {
        print("");
        if (differences.isEmpty()) {
            print(title + ": the same");
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(title, A, B));
        differences.forEach(fact -> rows.add(List.of("  " + fact.name(), shown(fact.one()), shown(fact.other()))));
        table(rows);
    }

    private void metrics(RunRecord one, RunRecord other) {
        Map<String, List<String>> values = new TreeMap<>();
        RecordedMetrics mine = RecordedMetrics.read(one);
        RecordedMetrics theirs = RecordedMetrics.read(other);
        mine.kept()
                .forEach((metric, value) ->
                        values.put(metric, List.of("  " + metric, String.valueOf(value), shown(""))));
        theirs.kept()
                .forEach((metric, value) -> values.merge(
                        metric,
                        List.of("  " + metric, shown(""), String.valueOf(value)),
                        (first, second) -> List.of(first.get(0), first.get(1), second.get(2))));
        print("");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("metrics of the kept models", A, B));
        rows.add(List.of("  epoch", shown(mine.epochText()), shown(theirs.epochText())));
        rows.addAll(values.values());
        table(rows);
    }

    private static String steps(RunComparison comparison) {
        int mine = comparison.oneSteps().size();
        int theirs = comparison.otherSteps().size();
        if (comparison.step().isPresent()) {
            return "part at step " + (comparison.step().getAsInt() + 1) + ": "
                    + comparison.stepValues("in " + A, "in " + B);
        }
        return mine == theirs
                ? "the same " + mine
                : "the same as far as both go: " + mine + " in " + A + ", " + theirs + " in " + B;
    }

    private static String epochs(RunComparison comparison) {
        int mine = comparison.oneChain().links().size();
        int theirs = comparison.otherChain().links().size();
        if (comparison.epoch().isPresent()) {
            return "part in epoch " + (comparison.epoch().get() + 1) + ": " + comparison.tensorNames();
        }
        return mine == theirs
                ? "the same " + mine
                : "the same as far as both go: " + mine + " in " + A + ", " + theirs + " in " + B;
    }

    private static String shown(String text) {
        return text.isEmpty() ? FlatConfig.ABSENT : text;
    }

    private static String text(Path file) {
        try {
            return WholeFile.text(file);
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e)).inFile(file.toString());
        }
    }

    private void table(List<List<String>> rows) {
        Tables.format(rows, new boolean[rows.get(0).size()]).forEach(this::print);
    }

    private void print(String line) {
        context.print(line);
    }
}
