package dev.chainrule.app.run;

import com.google.inject.Injector;
import dev.chainrule.api.InputException;
import dev.chainrule.api.State;
import dev.chainrule.app.load.Assemblies;
import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.load.DataFiles;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.record.OpenedRun;
import dev.chainrule.app.record.RecordCheck;
import dev.chainrule.app.record.RecordedConfig;
import dev.chainrule.app.record.RecordedStart;
import dev.chainrule.app.record.RunLookup;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ProgramInfo;
import dev.chainrule.config.ConfigException;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.files.Sha256;
import dev.chainrule.engine.record.Checkpoint;
import dev.chainrule.engine.record.Checkpoints;
import dev.chainrule.engine.record.FittingCheckpoints;
import dev.chainrule.engine.record.LostEnding;
import dev.chainrule.engine.record.ReplacedConfig;
import dev.chainrule.engine.record.ResumePoint;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunFlaw;
import dev.chainrule.engine.record.RunJson;
import dev.chainrule.engine.record.RunRecord;
import dev.chainrule.engine.record.RunSeal;
import dev.chainrule.engine.training.Trainer;
import dev.chainrule.math.ThreadTeam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Go on with a run in its directory. Nothing in it changes before everything was found to fit. */
public final class Resumption {
    private static final List<String> ENDED = List.of("completed", "stopped");

    private final RunSession session;
    private final Context context;
    private final List<String> settings;
    private final boolean allowChanges;
    private final Optional<Path> dataFolder;

    /**
     * Prepare to go on with a run.
     *
     * @param settings what {@code --set} says
     * @param allowChanges whether config and plugins may be others
     * @param dataFolder where data files are looked for first
     */
    public Resumption(RunSession session, List<String> settings, boolean allowChanges, Optional<Path> dataFolder) {
        this.session = session;
        this.context = session.context();
        this.settings = settings;
        this.allowChanges = allowChanges;
        this.dataFolder = dataFolder;
    }

    /** Hold what a run goes on with. */
    private record Found(
            RunRecord record,
            Optional<Path> named,
            Optional<ResumePoint> from,
            Set<Path> misfits,
            List<RunFlaw> unknown,
            List<String> changes) {
        /** Return where it goes on, in words. */
        String place() {
            return from.map(origin ->
                            origin.checkpoint().place() + ", " + origin.file().getFileName())
                    .orElse(
                            misfits.isEmpty()
                                    ? "the beginning, since there is no checkpoint"
                                    : "the beginning, since no checkpoint fits");
        }
    }

    /**
     * Go on; return the exit code.
     *
     * @param text a run's directory, {@code latest} or a checkpoint
     * @param config empty for the run's own
     */
    public int resume(String text, Optional<Path> config) throws IOException {
        OpenedRun.requireUnpacked(text);
        Optional<Path> named = Optional.of(Path.of(text)).filter(Files::isRegularFile);
        RunDirectory directory = named.isPresent() ? runOf(named.get()) : RunLookup.find(Context.RUNS, text, context);
        try (ThreadTeam team = new ThreadTeam(session.options().threads());
                Shutdown guard = Shutdown.guard();
                RunPlace place = RunPlace.of(directory)) {
            RunRecord record = LostEnding.recordHeld(directory);
            RecordCheck.require(record, directory.path().toString(), RunSeal::isInput);
            LoadedConfig kept = kept(record, List.of());
            LoadedConfig loaded = config.isPresent()
                    ? ConfigLoader.load(config.get(), session.options().plugins(context), settings, context)
                            .lookingIn(dataFolder)
                    : settings.isEmpty() ? kept : kept(record, settings);
            session.sayFirst(loaded);
            try {
                Assembly assembly = RecordedStart.applyUnchanged(
                        record,
                        Assemblies.loaded(loaded, context, session.options().offline(), team));
                Found found = find(record, kept, named, Identity.of(loaded, assembly), loaded.files());
                require(found, loaded);
                Injector injector = session.injector(
                        guard,
                        new RunModule(loaded, assembly, assembly.optimizer(), place, found.from(), Long.MAX_VALUE));
                Trainer trainer = injector.getInstance(Trainer.class);
                trainer.prepare();
                session.watch(guard, injector, loaded);
                goOn(found, loaded, injector, team);
                return RunSession.recorded(
                        injector.getInstance(RunJson.class),
                        () -> session.train(trainer, loaded, assembly, place, team, false));
            } catch (InputException e) {
                throw new ConfigException(Assemblies.problems(e, loaded));
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
                    "It is resumed where it was written, in checkpoints/ of its run.");
        }
        return run;
    }

    private Found find(RunRecord record, LoadedConfig kept, Optional<Path> named, State now, DataFiles files) {
        RunDirectory run = record.directory();
        FittingCheckpoints checkpoints = FittingCheckpoints.of(
                run, wasChanged(record) ? Optional.empty() : Optional.of(Identity.of(record, kept)));
        Optional<ResumePoint> from = named.map(checkpoints::named).or(checkpoints::latest);
        checkpoints.misfits().forEach((file, why) -> context.warn("discarded " + file + ": " + why));
        List<RunFlaw> unknown = RunSeal.unknown(record, from.map(ResumePoint::checkpoint));
        unknown.forEach(flaw -> context.warn(
                flaw.kind() == RunFlaw.Kind.GONE
                        ? run.path() + ": " + flaw
                        : "put aside " + run.path().resolve(flaw.file()) + ": nothing proves it"));
        State before = from.map(origin -> origin.checkpoint().section(Checkpoint.IDENTITY))
                .orElseGet(() -> Identity.of(record, kept));
        List<String> changes =
                Identity.changes(before, now, allowChanges || wereAllowed(record), run.path(), files.looked());
        return new Found(
                record,
                named,
                from.map(origin -> new ResumePoint(origin.file(), origin.checkpoint(), !changes.isEmpty())),
                checkpoints.misfits().keySet(),
                unknown,
                changes);
    }

    /** Return whether the last resumption changed something: until a checkpoint knows of it, it is asked for again. */
    private static boolean wereAllowed(RunRecord record) {
        List<Object> all = record.items("resumed");
        return !all.isEmpty()
                && all.get(all.size() - 1) instanceof Map<?, ?> last
                && last.get("changes") instanceof List<?> changes
                && !changes.isEmpty();
    }

    /** Return whether any resumption changed something: then checkpoints differ in what the run was begun with. */
    private static boolean wasChanged(RunRecord record) {
        return record.maps("resumed").stream()
                .anyMatch(resumed -> resumed.get("changes") instanceof List<?> changes && !changes.isEmpty());
    }

    private static void require(Found found, LoadedConfig loaded) {
        Path run = found.record().directory().path();
        int epochs = loaded.experiment().training().epochs();
        int done =
                found.from().map(origin -> origin.checkpoint().place().epochs()).orElse(0);
        if (epochs < done) {
            throw new InputException(
                    "training.epochs is " + epochs + ", the run has " + done + " behind it",
                    "Name an earlier checkpoint, or more epochs.");
        }
        if (ENDED.contains(found.record().text("state"))
                && found.changes().isEmpty()
                && found.named().isEmpty()) {
            throw new InputException(
                    "run " + run + " has ended: it was " + found.record().text("state"),
                    "To train on, give it more epochs: java -jar pipeline.jar resume " + run + " --set training.epochs="
                            + 2 * epochs + " --allow-changes.");
        }
    }

    private void goOn(Found found, LoadedConfig loaded, Injector injector, ThreadTeam team) {
        RunDirectory run = found.record().directory();
        ProgramInfo program = injector.getInstance(ProgramInfo.class);
        String before = found.record().text("program", "version") + " (commit "
                + found.record().text("program", "commit") + ")";
        String now = program.version() + " (commit " + program.commit() + ")";
        if (!before.equals(now)) {
            context.warn(
                    "the run was begun with version " + before + ", this is " + now + ": it may compute other bits");
        }
        int aside = Checkpoints.putAside(
                run, found.from().map(origin -> origin.checkpoint().place()), found.misfits());
        found.unknown().stream()
                .filter(flaw -> flaw.kind() != RunFlaw.Kind.GONE)
                .forEach(flaw -> Checkpoints.putAside(run.path().resolve(flaw.file())));
        Map<String, Object> resumed = new LinkedHashMap<>();
        resumed.put(
                "from",
                found.from()
                        .map(origin -> origin.file().getFileName().toString())
                        .orElse(null));
        resumed.put(
                "step",
                found.from().map(origin -> origin.checkpoint().place().step()).orElse(0L));
        resumed.put("changes", found.changes());
        resumed.put("program", program.facts(team.threads()));
        RunJson json = injector.getInstance(RunJson.class);
        json.reopen(
                found.record(), resumed, found.changes().isEmpty() ? new TreeMap<>() : changed(found.record(), loaded));
        ReplacedConfig.forget(run);
        session.console().line("resumed at " + found.place());
        found.changes().forEach(change -> session.console().line("changed: " + change));
        if (aside > 0) {
            session.console().line(aside + (aside == 1 ? " checkpoint was" : " checkpoints were") + " put aside");
        }
    }

    /** Keep the changed config, so that the run can be gone on with again. */
    private static Map<String, Object> changed(RunRecord record, LoadedConfig loaded) {
        ReplacedConfig.replace(record.directory(), loaded.resolved());
        Map<String, Object> config = new LinkedHashMap<>();
        record.keys("config")
                .forEach(key -> config.put(key, record.find("config", key).orElse(null)));
        config.put("hash", Sha256.of(loaded.hashed()));
        return new TreeMap<>(Collections.singletonMap("config", config));
    }
}
