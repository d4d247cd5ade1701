package dev.chainrule.app.run;

import com.google.inject.Injector;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.State;
import dev.chainrule.app.load.AssemblyFactory;
import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.load.DataFiles;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.record.OpenedRun;
import dev.chainrule.app.record.RecordedConfig;
import dev.chainrule.app.record.RecordedWarmStart;
import dev.chainrule.app.record.RunLookup;
import dev.chainrule.app.record.TamperCheck;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ProgramInfo;
import dev.chainrule.app.shell.RunGuard;
import dev.chainrule.config.ConfigException;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.record.Checkpoint;
import dev.chainrule.engine.record.FittingCheckpoints;
import dev.chainrule.engine.record.LostEnding;
import dev.chainrule.engine.record.ResumePlan;
import dev.chainrule.engine.record.ResumePoint;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunFlaw;
import dev.chainrule.engine.record.RunJson;
import dev.chainrule.engine.record.RunRecord;
import dev.chainrule.engine.record.RunSeal;
import dev.chainrule.engine.training.TrainingRun;
import dev.chainrule.math.ThreadTeam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The resumption of a run, as a command: find the checkpoint, compare config, data and plugins, and let the engine do the rest. */
public final class Resumption {
    private static final List<String> ENDED = List.of("completed", "stopped");

    private final RunSession session;
    private final Context context;
    private final List<String> settings;
    private final boolean allowChanges;
    private final Optional<Path> dataFolder;

    /**
     * Prepare to resume a run.
     *
     * @param settings the values of {@code --set}
     * @param allowChanges whether config and plugins may have changed
     * @param dataFolder where data files are looked for first
     */
    public Resumption(RunSession session, List<String> settings, boolean allowChanges, Optional<Path> dataFolder) {
        this.session = session;
        this.context = session.context();
        this.settings = settings;
        this.allowChanges = allowChanges;
        this.dataFolder = dataFolder;
    }

    /**
     * Resume it; return the exit code.
     *
     * @param text a run's directory, {@code latest} or a checkpoint
     * @param config empty for the run's own
     */
    public int resume(String text, Optional<Path> config) throws IOException {
        OpenedRun.requireUnpacked(text);
        Optional<Path> named = Optional.of(Path.of(text)).filter(Files::isRegularFile);
        RunDirectory directory = named.isPresent() ? runOf(named.get()) : RunLookup.find(Context.RUNS, text, context);
        try (ThreadTeam team = new ThreadTeam(session.options().threads());
                RunGuard guard = context.shutdown().guardRun(context::warn);
                RunWorkspace workspace = RunWorkspace.of(directory)) {
            RunRecord record = LostEnding.recordHeld(directory);
            TamperCheck.require(record, directory.path().toString(), RunSeal::isInput);
            LoadedConfig kept = kept(record, List.of());
            LoadedConfig loaded = config.isPresent()
                    ? ConfigLoader.load(config.get(), session.options().plugins(context), settings, context)
                            .lookingIn(dataFolder)
                    : settings.isEmpty() ? kept : kept(record, settings);
            session.sayFirst(loaded);
            try {
                Assembly assembly = RecordedWarmStart.applyUnchanged(
                        record,
                        AssemblyFactory.loaded(
                                loaded, context, session.options().offline(), team, session.console()::status));
                ResumePlan plan = find(record, kept, named, ResumeFingerprint.of(loaded, assembly), loaded.files());
                require(plan, named.isPresent(), loaded);
                Injector injector = session.injector(
                        guard, new RunModule(loaded, assembly, assembly.optimizer(), team, directory, Long.MAX_VALUE));
                TrainingRun run = injector.getInstance(TrainingRun.class);
                session.watch(guard, injector, loaded);
                prepare(run, plan, loaded, injector.getInstance(ProgramInfo.class), team);
                return RunSession.recorded(
                        injector.getInstance(RunJson.class),
                        () -> session.train(run, loaded, assembly, workspace, team, false));
            } catch (InputException e) {
                throw new ConfigException(AssemblyFactory.problems(e, loaded));
            }
        }
    }

    private LoadedConfig kept(RunRecord record, List<String> changed) {
        RecordedConfig recorded = new RecordedConfig(record, context);
        return recorded.resolved(recorded.plugins(session.options().plugins(context)), changed)
                .lookingIn(dataFolder);
    }

    private static RunDirectory runOf(Path checkpoint) {
        Path folder = checkpoint.toAbsolutePath().getParent();
        RunDirectory run = new RunDirectory(folder.getParent() == null ? folder : folder.getParent());
        if (!run.checkpoints().equals(folder) || !Files.isRegularFile(run.record())) {
            throw new InputException(
                    "checkpoint " + checkpoint + " is not in the folder of a run",
                    "A checkpoint can only be resumed from checkpoints/ of its run.");
        }
        return run;
    }

    private ResumePlan find(RunRecord record, LoadedConfig kept, Optional<Path> named, State now, DataFiles files) {
        RunDirectory run = record.directory();
        FittingCheckpoints checkpoints = FittingCheckpoints.of(
                run, wasChanged(record) ? Optional.empty() : Optional.of(ResumeFingerprint.of(record, kept)));
        Optional<ResumePoint> from = named.map(checkpoints::named).or(checkpoints::latest);
        checkpoints.misfits().forEach((file, why) -> context.warn("discarded " + file + ": " + why));
        List<RunFlaw> unknown = RunSeal.unknown(record, from.map(ResumePoint::checkpoint));
        unknown.forEach(flaw -> context.warn(
                flaw.kind() == RunFlaw.Kind.GONE
                        ? run.path() + ": " + flaw
                        : "set aside " + run.path().resolve(flaw.file()) + ": its origin cannot be verified"));
        State before = from.map(origin -> origin.checkpoint().section(Checkpoint.IDENTITY))
                .orElseGet(() -> ResumeFingerprint.of(record, kept));
        List<String> changes =
                ResumeFingerprint.changes(before, now, allowChanges || wereAllowed(record), run.path(), files.looked());
        return new ResumePlan(
                record,
                from.map(origin -> new ResumePoint(origin.file(), origin.checkpoint(), !changes.isEmpty())),
                checkpoints.misfits().keySet(),
                unknown,
                changes);
    }

    /** Return whether the last resumption changed something: the change is checked again until a checkpoint contains it. */
    private static boolean wereAllowed(RunRecord record) {
        List<Object> all = record.items("resumed");
        return !all.isEmpty()
                && all.get(all.size() - 1) instanceof Map<?, ?> last
                && last.get("changes") instanceof List<?> changes
                && !changes.isEmpty();
    }

    /** Return whether any resumption changed something: then checkpoints differ in the inputs of the run. */
    private static boolean wasChanged(RunRecord record) {
        return record.maps("resumed").stream()
                .anyMatch(resumed -> resumed.get("changes") instanceof List<?> changes && !changes.isEmpty());
    }

    private static void require(ResumePlan plan, boolean named, LoadedConfig loaded) {
        Path run = plan.before().directory().path();
        int epochs = loaded.experiment().training().epochs();
        int done =
                plan.from().map(origin -> origin.checkpoint().place().epochs()).orElse(0);
        if (epochs < done) {
            throw new InputException(
                    "training.epochs is " + epochs + ", but the run has already completed " + done,
                    "Give an earlier checkpoint, or more epochs.");
        }
        if (ENDED.contains(plan.before().text("state")) && plan.changes().isEmpty() && !named) {
            throw new InputException(
                    "run " + run + " has ended: it was " + plan.before().text("state"),
                    "To continue training, give it more epochs: java -jar pipeline.jar resume " + run
                            + " --set training.epochs=" + 2 * epochs + " --allow-changes.");
        }
    }

    private void prepare(TrainingRun run, ResumePlan plan, LoadedConfig loaded, ProgramInfo program, ThreadTeam team) {
        int aside = run.resume(
                plan, new ResumePlan.Setting(loaded.resolved(), loaded.hashed(), program.facts(team.threads())));
        RunRecord record = plan.before();
        String before = record.text("program", "version") + " (commit " + record.text("program", "commit") + ")";
        String now = program.version() + " (commit " + program.commit() + ")";
        if (!before.equals(now)) {
            context.warn("the run was begun with version " + before + ", but this is " + now + ": results may differ "
                    + "in their last bits");
        }
        session.console().line("resumed at " + plan.place());
        plan.changes().forEach(change -> session.console().line("changed: " + change));
        if (aside > 0) {
            session.console().line(aside + (aside == 1 ? " checkpoint was" : " checkpoints were") + " set aside");
        }
    }
}
