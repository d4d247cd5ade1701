package dev.chainrule.app.run;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.Console;
import dev.chainrule.app.compare.Finding;
import dev.chainrule.app.compare.Retrained;
import dev.chainrule.app.compare.RunVerifier;
import dev.chainrule.app.compare.Verification;
import dev.chainrule.app.compare.VerifyListener;
import dev.chainrule.app.compare.VerifyReport;
import dev.chainrule.app.load.AssemblyFactory;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.load.PluginSources;
import dev.chainrule.app.record.Edit;
import dev.chainrule.app.record.OpenedRun;
import dev.chainrule.app.record.RecordedConfig;
import dev.chainrule.app.record.RecordedWarmStart;
import dev.chainrule.app.record.RunSignature;
import dev.chainrule.app.record.TamperCheck;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.RunGuard;
import dev.chainrule.app.sign.OpenSshKey;
import dev.chainrule.config.ConfigException;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.record.Checkpoint;
import dev.chainrule.engine.record.RecordedSteps;
import dev.chainrule.engine.record.ResumePoint;
import dev.chainrule.engine.record.RunRecord;
import dev.chainrule.math.ThreadTeam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The verification of a run: its record is checked, the run is retrained in a temporary directory, and the two are compared.
 *
 * @param dataFolder where data files are looked for first
 * @param offline whether nothing may be downloaded
 * @param from the checkpoint to begin at, a file or its name in the run
 * @param console receives the output of the retrained run
 */
public record Reproduction(
        Context context,
        PluginSources plugins,
        Optional<Path> dataFolder,
        boolean offline,
        int threads,
        Optional<Path> from,
        Console console) {
    /**
     * Verify a run.
     *
     * @param signer the key by which it must be signed
     * @return the report; empty if the training was interrupted
     * @throws InputException if there is nothing to verify
     * @throws ConfigException if the run's config is wrong here, though its record is unchanged
     */
    public Optional<VerifyReport> verify(OpenedRun opened, Optional<OpenSshKey> signer, VerifyListener listener)
            throws IOException {
        RunRecord record = RunRecord.read(opened.directory());
        List<Edit> edits = TamperCheck.edits(record, plugins, context);
        Verification verification = new Verification(opened.label(), record, listener);
        verification.add(edits);
        RunSignature.check(record.directory(), signer).ifPresent(verification::add);
        try {
            return retrain(opened, record, verification);
        } catch (RuntimeException e) { // an edited file may be neither a config nor a path any more
            if (verification.hasFailed()) {
                return Optional.of(verification.report());
            }
            throw e;
        }
    }

    private Optional<VerifyReport> retrain(OpenedRun opened, RunRecord record, Verification verification)
            throws IOException {
        int steps = RecordedSteps.read(record.directory().steps()).size();
        if (steps == 0) {
            throw new InputException(
                    "run " + opened.label() + " recorded no step",
                    "There is nothing to verify; run.json shows how it ended.");
        }
        try (ThreadTeam team = new ThreadTeam(threads);
                RunGuard guard = context.shutdown().guardRun(context::warn)) {
            RecordedConfig recorded = new RecordedConfig(record, context);
            LoadedConfig loaded = recorded.resolved(recorded.plugins(plugins)).lookingIn(dataFolder);
            Assembly assembly = RecordedWarmStart.apply(record, assemble(loaded, team, verification));
            try (RunWorkspace workspace = RunWorkspace.temporary("chainrule-verify-")) {
                Optional<ResumePoint> origin = from.map(file -> origin(file, record));
                long before =
                        origin.map(found -> found.checkpoint().place().step()).orElse(0L);
                verification.retrain(new Retrained(steps - before, before));
                Optional<String> failure = new Retraining(context, loaded, assembly, team)
                        .run(
                                workspace,
                                record.directory(),
                                origin,
                                RunVerifier.stepLimit(record, steps),
                                console,
                                guard.interruption());
                if (guard.interruption().requested()) {
                    return Optional.empty();
                }
                RunRecord now = RunRecord.read(workspace.directory());
                return Optional.of(verification.report(RunVerifier.compare(record, now, failure, loaded.files())));
            }
        }
    }

    private static ResumePoint origin(Path named, RunRecord record) {
        Path inRun = record.directory().checkpoints().resolve(named);
        Path file = Files.exists(named) ? named : Files.exists(inRun) ? inRun : named;
        return new ResumePoint(file, Checkpoint.read(file), false);
    }

    /** Existing data that cannot be read are not those that the run read. */
    private Assembly assemble(LoadedConfig loaded, ThreadTeam team, Verification verification) {
        try {
            return AssemblyFactory.loaded(loaded, context, offline, team);
        } catch (InputException e) {
            Optional<String> file = e.file().map(place -> place.replaceFirst("(:\\d+)+$", ""));
            if (file.isPresent() && Files.exists(Path.of(file.get()))) {
                verification.add(Finding.changed(
                        Finding.Aspect.DATA,
                        file.get(),
                        "data changed: " + e.file().get() + ": " + e.getMessage()));
            }
            throw new ConfigException(AssemblyFactory.problems(e, loaded));
        }
    }
}
