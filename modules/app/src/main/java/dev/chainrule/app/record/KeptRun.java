package dev.chainrule.app.record;

import dev.chainrule.api.Encoding;
import dev.chainrule.api.InputException;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.shell.Context;
import dev.chainrule.config.Problems;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.network.Network;
import dev.chainrule.engine.network.Objective;
import dev.chainrule.engine.record.ModelFile;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunRecord;
import dev.chainrule.engine.training.Evaluator;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.ThreadTeam;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Restore the model of a finished run.
 *
 * @param encoding how sources encode examples, before transforms
 */
public record KeptRun(
        RunDirectory directory, LoadedConfig loaded, Encoding encoding, Pipeline pipeline, Evaluator evaluator) {
    private static final List<String> FORM = List.of("header", "delimiter", "quote");

    /**
     * Restore a run.
     *
     * @param dataFolder where its data files are looked for first
     * @throws InputException if there is no such run, or it kept no model
     */
    public static KeptRun restore(
            OpenedRun run, List<Path> plugins, Optional<Path> dataFolder, ThreadTeam team, Context context) {
        RunDirectory directory = run.directory();
        if (!Files.isRegularFile(directory.model())) {
            throw new InputException(
                    "run " + run.label() + " kept no model", "It failed or is still running; run.json says which.");
        }
        RecordedConfig recorded = new RecordedConfig(RunRecord.read(directory), context);
        LoadedConfig loaded = recorded.resolved(recorded.plugins(plugins)).lookingIn(dataFolder);
        try {
            return restore(directory, loaded, team);
        } catch (InputException e) {
            throw e.configPath().isEmpty()
                    ? e
                    : new InputException(
                                    "the model does not fit the run's config: " + e.getMessage(),
                                    "One of the two was changed or belongs to another run.")
                            .inFile(directory.model().toString());
        }
    }

    private static KeptRun restore(RunDirectory directory, LoadedConfig loaded, ThreadTeam team) {
        ModelFile model = ModelFile.read(directory.model());
        Kernels kernels = Kernels.of(loaded.experiment().precision(), team);
        Pipeline pipeline = new Pipeline(loaded.experiment().data(), model.encoding(), kernels);
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

    /**
     * Return how the training table was written, as further keys of a csv source in YAML; nothing if it was no table. Columns
     * and categories need not be said: the model knows them.
     */
    public String csvForm() {
        StringBuilder keys = new StringBuilder();
        ConfigReader.read(directory.resolved(), new Problems())
                .flatMap(node -> value(node, "data"))
                .flatMap(data -> value(data, "train"))
                .filter(train -> value(train, "type").flatMap(KeptRun::text).equals(Optional.of("csv")))
                .ifPresent(train -> FORM.forEach(key -> value(train, key)
                        .flatMap(KeptRun::text)
                        .ifPresent(text ->
                                keys.append(", ").append(key).append(": ").append(text))));
        return keys.toString();
    }

    private static Optional<ConfigNode> value(ConfigNode node, String key) {
        return node instanceof ConfigNode.Mapping mapping
                ? mapping.find(key).map(ConfigNode.Entry::value)
                : Optional.empty();
    }

    private static Optional<String> text(ConfigNode node) {
        return node instanceof ConfigNode.Scalar scalar
                ? Optional.of(
                        scalar.plain() && scalar.text().matches("\\w+")
                                ? scalar.text()
                                : "'" + scalar.text().replace("'", "''") + "'")
                : Optional.empty();
    }
}
