package dev.chainrule.app.report;

import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.load.PluginSources;
import dev.chainrule.app.record.OpenedRun;
import dev.chainrule.app.report.page.Page;
import dev.chainrule.app.shell.Context;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.math.ThreadTeam;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The page that shows one run, or several side by side. */
public final class RunReport {
    private RunReport() {}

    /**
     * Return the page of some runs.
     *
     * @param dataFolder where data files are looked for first
     * @throws dev.chainrule.api.error.InputException if a record or its metrics are damaged
     */
    public static String of(
            List<OpenedRun> runs,
            PluginSources plugins,
            Optional<Path> dataFolder,
            boolean offline,
            ThreadTeam team,
            Context context) {
        RunSources sources = new RunSources();
        List<ReportedRun> read = runs.stream()
                .map(run -> sources.read(
                        run.label(),
                        run.directory(),
                        new RecordedParts(run, plugins, dataFolder, offline, team, context)))
                .toList();
        UnaryOperator<String> hide = context.secrets()::hide;
        return read.size() == 1 ? single(read.get(0), hide) : comparison(read, hide);
    }

    /**
     * Return the page of a run that has just ended and is recorded: the one that {@link #of} returns for it later, except that
     * an interrupted run is not evaluated.
     *
     * @param assembly with the model that the run keeps
     * @throws dev.chainrule.api.error.InputException if a file of the run cannot be read
     */
    public static String ofEnded(
            RunDirectory directory,
            LoadedConfig loaded,
            Assembly assembly,
            boolean interrupted,
            PluginSources plugins,
            Context context) {
        LiveParts parts = new LiveParts(directory, loaded, assembly, interrupted, plugins, context);
        ReportedRun read = new RunSources().read(directory.path().toString(), directory, parts);
        return single(read, context.secrets()::hide);
    }

    static String single(ReportedRun run, UnaryOperator<String> hide) {
        Page page = new Page(run.record().text("name"), hide);
        String state = run.record().text("state");
        page.heading(run.record().text("name"), state, run.label());
        page.section("Result", content -> ResultSection.draw(run, content));
        page.section("Learning", content -> CurveSection.draw(run, content));
        for (Examined examined : run.examined()) {
            String of = examined.output().isEmpty() ? "" : " of " + examined.output();
            page.section(
                    "Predictions" + of + " on " + examined.dataset(), content -> AnswerSection.draw(examined, content));
        }
        if (run.network().isPresent()) {
            page.section("Network", content -> ModelSection.draw(run, content));
        }
        page.section("Config", content -> ConfigSection.draw(run, content));
        List<Map<?, ?>> checks = GradientSection.read(run.record().directory().gradientCheck());
        if (!checks.isEmpty()) {
            page.section("Gradient check", content -> GradientSection.draw(checks, content));
        }
        page.section("Data", content -> DataSection.draw(run, content));
        page.section("Provenance", content -> ProvenanceSection.draw(run, content));
        return page.text();
    }

    static String comparison(List<ReportedRun> runs, UnaryOperator<String> hide) {
        Page page = new Page("Comparison of " + runs.size() + " runs", hide);
        page.heading("Comparison of " + runs.size() + " runs", "", "");
        page.section("Runs", content -> ComparisonSection.table(runs, content));
        page.section("Learning", content -> ComparisonSection.curves(runs, content));
        page.section("Configs", content -> ComparisonSection.configs(runs, content));
        page.section("Provenance", content -> ComparisonSection.provenance(runs, content));
        return page.text();
    }
}
