package dev.chainrule.app.record;

import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.InputException;
import dev.chainrule.app.load.AssemblyFactory;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.load.PluginSources;
import dev.chainrule.app.shell.Context;
import dev.chainrule.config.ConfigException;
import dev.chainrule.config.Problems;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.data.HeadParts;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.evaluation.Evaluator;
import dev.chainrule.engine.experiment.Data;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.HeldOut;
import dev.chainrule.engine.experiment.Measure;
import dev.chainrule.engine.model.ModelFile;
import dev.chainrule.engine.objective.Objective;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunRecord;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.model.network.Network;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A finished run with its model, restored.
 *
 * @param encoding how sources encode examples, before transforms
 */
public record TrainedRun(
        RunDirectory directory,
        LoadedConfig loaded,
        Encoding encoding,
        Pipeline pipeline,
        Network network,
        Evaluator evaluator) {
    private static final List<String> USED = List.of("resolved.yaml", "model.safetensors");
    private static final String COLUMN_WISE = "missing_values_of";
    /** The keys of a table that say how it is written, what its cells become, and whether its gaps are filled. */
    private static final List<String> TABLE_FORM = List.of(
            "header",
            "delimiter",
            "quote",
            "decimal",
            "thousands",
            "units",
            "missing",
            "missing_values",
            COLUMN_WISE,
            "encode",
            "pictures",
            "unknown",
            "skip",
            "comment",
            "encoding");

    /**
     * Restore a run.
     *
     * @param dataFolder where its data files are looked for first
     * @throws InputException if there is no such run, or it has no model
     */
    public static TrainedRun restore(
            OpenedRun run, PluginSources plugins, Optional<Path> dataFolder, ThreadTeam team, Context context) {
        RunDirectory directory = run.directory();
        RunRecord record = RunRecord.read(directory);
        TamperCheck.require(record, run.label(), USED::contains);
        if (!Files.isRegularFile(directory.model())) {
            throw new InputException(
                    "run " + run.label() + " has no model", "It failed, was killed or is still running; see run.json.");
        }
        RecordedConfig recorded = new RecordedConfig(record, context);
        LoadedConfig loaded = recorded.resolved(recorded.plugins(plugins)).lookingIn(dataFolder);
        RecordedPlugins.warnOfOthers(record, loaded.jars(), context);
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

    private static TrainedRun restore(RunDirectory directory, LoadedConfig loaded, ThreadTeam team) {
        ModelFile model = ModelFile.read(directory.model());
        Kernels kernels = Kernels.of(loaded.experiment().precision(), team);
        Experiment experiment = loaded.experiment();
        Pipeline pipeline =
                new Pipeline(experiment.data(), experiment.heads(), model.encoding(), experiment.seed(), kernels);
        Network network = Assembly.network(experiment, pipeline, kernels);
        model.restore(network, pipeline, directory.model());
        Objective objective = new Objective(network, HeadParts.terms(experiment, pipeline), 1);
        Evaluator evaluator =
                new Evaluator(network, objective, pipeline, Measure.of(experiment, loaded.metrics(), pipeline::target));
        return new TrainedRun(directory, loaded, model.encoding(), pipeline, network, evaluator);
    }

    /**
     * Open and load a part of the run's data, which must be the data of the run.
     *
     * @param name train, validation or test
     * @throws InputException if the run has no such data, or they differ
     * @throws ConfigException if the data cannot be opened, at its place in the config
     */
    public Dataset dataset(String name, Context context, boolean offline) {
        Data declared = loaded.experiment().data();
        Datasets.Surroundings surroundings =
                context.surroundings(loaded.files()::locate, offline, true).learning(loaded.experiment());
        try {
            Optional<HeldOut> part = name.equals("test")
                    ? declared.test()
                    : name.equals("validation") ? declared.validation() : Optional.empty();
            Optional<DataSourceSpec> source = part.flatMap(HeldOut::source);
            Dataset dataset = source.isPresent()
                    ? Datasets.openDeclared(name, source.get(), surroundings, encoding)
                    : Datasets.open(declared, loaded.experiment().seed(), surroundings)
                            .named(name)
                            .orElseThrow(() -> absent(name));
            RecordedFiles.require(RunRecord.read(directory), List.of(dataset), loaded.files());
            dataset.load();
            return dataset;
        } catch (InputException e) {
            throw e.configPath().isPresent() ? new ConfigException(AssemblyFactory.problems(e, loaded)) : e;
        }
    }

    private static InputException absent(String name) {
        return new InputException(
                "this run has no data called '" + name + "'",
                "Known: train, and validation and test if the config declares them. Or give a data source, such as "
                        + "--data '{type: csv, file: more.csv, target: species}'.");
    }

    /**
     * Return a source with the keys that say how the training file was written, if that was read by a source of the same type.
     * Columns and categories need not be said: the model knows them.
     */
    public ConfigNode.Mapping writtenAsTraining(ConfigNode.Mapping source) {
        Optional<ConfigNode.Mapping> train = trainingSource();
        if (train.isEmpty()) {
            return source;
        }
        List<ConfigNode.Entry> entries = new ArrayList<>(source.entries());
        form(text(source, "type"), text(train.get(), "type")).stream()
                .filter(key -> source.find(key).isEmpty())
                .forEach(key -> train.get().find(key).map(this::ofKnownColumns).ifPresent(entries::add));
        return new ConfigNode.Mapping(entries, source.mark());
    }

    /** Return whether the training images were brought to their size, so that those to predict can be. */
    public boolean trainedOnPictureFiles() {
        return trainingSource()
                .filter(train -> text(train, "type").equals("images"))
                .isPresent();
    }

    private Optional<ConfigNode.Mapping> trainingSource() {
        return ConfigReader.read(directory.resolved(), new Problems())
                .flatMap(node -> mapping(node, "data"))
                .flatMap(data -> mapping(data, "train"));
    }

    /** Return the keys of a training source that say how other examples are written, too. */
    private static List<String> form(String type, String trained) {
        return switch (type) {
            case "csv" -> trained.equals(type) ? TABLE_FORM : List.of();
            case "idx" -> trained.equals(type) ? List.of("transpose") : List.of();
            case "image" -> trained.equals("images") ? List.of("fit", "invert") : List.of();
            case "images" -> trained.equals(type) ? List.of("fit", "invert", "path", "delimiter") : List.of();
            default -> List.of();
        };
    }

    /** Leave out the parts about columns that are not inputs: examples to predict may lack the target. */
    private ConfigNode.Entry ofKnownColumns(ConfigNode.Entry entry) {
        if (!entry.key().equals(COLUMN_WISE) || !(entry.value() instanceof ConfigNode.Mapping byColumn)) {
            return entry;
        }
        Set<String> inputs =
                encoding.columns().stream().map(Encoding.Column::name).collect(Collectors.toCollection(TreeSet::new));
        return new ConfigNode.Entry(entry.key(), entry.keyMark(), byColumn.only(inputs));
    }

    private static Optional<ConfigNode.Mapping> mapping(ConfigNode node, String key) {
        return node instanceof ConfigNode.Mapping mapping
                ? mapping.find(key)
                        .map(ConfigNode.Entry::value)
                        .filter(ConfigNode.Mapping.class::isInstance)
                        .map(ConfigNode.Mapping.class::cast)
                : Optional.empty();
    }

    private static String text(ConfigNode.Mapping mapping, String key) {
        return mapping.find(key).map(ConfigNode.Entry::value).orElse(mapping) instanceof ConfigNode.Scalar scalar
                ? scalar.text()
                : "";
    }
}
