package dev.chainrule.app.run;

import com.google.inject.Injector;
import dev.chainrule.api.Run;
import dev.chainrule.api.error.CheckException;
import dev.chainrule.api.error.RunException;
import dev.chainrule.api.training.Console;
import dev.chainrule.api.training.Hook;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.shell.Context;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.record.ChainLink;
import dev.chainrule.engine.record.HashChain;
import dev.chainrule.engine.record.ResumePoint;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunJson;
import dev.chainrule.engine.record.RunStreams;
import dev.chainrule.engine.training.Interruption;
import dev.chainrule.engine.training.TrainingRun;
import dev.chainrule.math.ThreadTeam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A second training of a recorded run, in another directory, until its end or the first epoch whose chain differs. */
public final class Retraining {
    private final Context context;
    private final LoadedConfig loaded;
    private final Assembly assembly;
    private final ThreadTeam team;

    public Retraining(Context context, LoadedConfig loaded, Assembly assembly, ThreadTeam team) {
        this.context = context;
        this.loaded = loaded;
        this.assembly = assembly;
        this.team = team;
    }

    /**
     * Train.
     *
     * @param workspace the destination of the run
     * @param recorded the run to follow
     * @param from the checkpoint to begin at; everything before it is copied from the record
     * @param stepLimit steps after which the recorded run ended
     * @return the reason of a failure; empty if there was none
     */
    public Optional<String> run(
            RunWorkspace workspace,
            RunDirectory recorded,
            Optional<ResumePoint> from,
            long stepLimit,
            Console console,
            Interruption interruption)
            throws IOException {
        Follower follower = new Follower(HashChain.read(recorded.chain()).links());
        // A checkpoint records how many hooks have received its event. With an additional hook, the rest would never
        // receive it.
        LoadedConfig followed = from.isEmpty() ? loaded.with(follower::follow) : loaded;
        if (from.isPresent()) {
            for (String name : from.get().checkpoint().grown(recorded)) {
                Path file = recorded.path().resolve(name);
                if (Files.exists(file)) {
                    Files.copy(file, workspace.directory().path().resolve(file.getFileName()));
                }
            }
        }
        Injector injector = Wiring.of(
                new AppModule(context, console, interruption),
                new RunModule(followed, assembly, assembly.optimizer(), team, workspace.directory(), stepLimit));
        RunManifest manifest = injector.getInstance(RunManifest.class);
        follower.streams = injector.getInstance(RunStreams.class);
        injector.getInstance(RunJson.class)
                .start(loaded.text(), loaded.resolved(), manifest.keptBases(), manifest.all());
        TrainingRun run = injector.getInstance(TrainingRun.class);
        try {
            run.repeat(from);
            run.run();
            return Optional.empty();
        } catch (RunException | CheckException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** A hook that stops the run where the chains diverge: from there on everything differs anyway. */
    private static final class Follower implements Hook {
        private final List<ChainLink> links;
        private RunStreams streams;
        private Run run;

        Follower(List<ChainLink> links) {
            this.links = links;
        }

        Hook follow(Run run) {
            this.run = run;
            return this;
        }

        @Override
        public void onEpochEnd() {
            long ended = (run.progress().step() - 1) / run.progress().stepsPerEpoch();
            int epoch = Math.toIntExact(ended);
            if (epoch < links.size() && !links.get(epoch).link().equals(streams.link())) {
                run.stop("the chain differs");
            }
        }
    }
}
