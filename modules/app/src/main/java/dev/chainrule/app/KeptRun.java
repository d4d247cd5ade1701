package dev.chainrule.app;

import dev.chainrule.api.Encoding;
import dev.chainrule.api.InputException;
import dev.chainrule.engine.Assembly;
import dev.chainrule.engine.AtomicFiles;
import dev.chainrule.engine.Evaluator;
import dev.chainrule.engine.JsonReader;
import dev.chainrule.engine.ModelFile;
import dev.chainrule.engine.Network;
import dev.chainrule.engine.Objective;
import dev.chainrule.engine.Pipeline;
import dev.chainrule.engine.RunDirectory;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.ThreadTeam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Restore the model of a finished run.
 *
 * @param encoding how sources encode examples, before transforms
 */
record KeptRun(RunDirectory directory, LoadedConfig loaded, Encoding encoding, Pipeline pipeline, Evaluator evaluator) {
    /**
     * Restore a run.
     *
     * @param text a directory or {@code latest}
     * @throws InputException if there is no such run, or it kept no model
     */
    static KeptRun restore(String text, List<Path> plugins, ThreadTeam team) {
        RunDirectory directory = RunDirectory.find(Context.RUNS, text);
        if (!Files.isRegularFile(directory.model())) {
            throw new InputException(
                    "run " + directory.path() + " kept no model",
                    "It failed or is still running; run.json says which.");
        }
        LoadedConfig loaded = ConfigLoader.load(directory.resolved(), folder(directory), plugins);
        ModelFile model = ModelFile.read(directory.model());
        Kernels kernels = Kernels.of(loaded.experiment().precision(), team);
        Pipeline pipeline = new Pipeline(loaded.experiment().data().transforms(), model.encoding(), kernels);
        Network network = Assembly.network(loaded.experiment(), pipeline, kernels);
        model.restore(network, pipeline, directory.model());
        Objective objective = new Objective(network, loaded.experiment().loss(), 1);
        Evaluator evaluator = new Evaluator(
                network,
                objective,
                pipeline,
                loaded.metrics().apply(pipeline.encoding().target()));
        return new KeptRun(directory, loaded, model.encoding(), pipeline, evaluator);
    }

    /** Return the folder that the config's paths are relative to: the one it lay in when it was run. */
    private static Path folder(RunDirectory directory) {
        try {
            Map<?, ?> record = (Map<?, ?>) JsonReader.read(Files.readString(directory.record()));
            return Path.of((String) ((Map<?, ?>) record.get("config")).get("folder"));
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e))
                    .inFile(directory.record().toString());
        } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
            throw new InputException("is damaged: it does not say where its config lay")
                    .inFile(directory.record().toString());
        }
    }
}
