package dev.chainrule.engine.data;

import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.Loss;
import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.engine.experiment.ConfigErrors;
import dev.chainrule.engine.experiment.Data;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.Head;
import dev.chainrule.engine.experiment.HeldOut;
import dev.chainrule.engine.experiment.Output;
import dev.chainrule.math.Kernels;
import dev.chainrule.model.Made;
import dev.chainrule.model.network.NetworkMemory;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The examples of a run: train, and validation and test if there are any.
 *
 * <p>Parts are split off from the training source in the order test, validation, so that requesting validation does not change
 * the test examples. A shuffled part is the beginning of the permutation {@code split.<name>}, read in the source's order; see {@link Split}
 * and {@link ColumnSplit}.
 */
public record Datasets(Dataset train, Optional<Dataset> validation, Optional<Dataset> test) {
    /** The bytes of an example's index in its source, and of its number in the order of an epoch. */
    private static final long NUMBERS = 2L * Integer.BYTES;

    /** Return the datasets that exist: train, validation, test. */
    public List<Dataset> all() {
        List<Dataset> all = new ArrayList<>();
        all.add(train);
        validation.ifPresent(all::add);
        test.ifPresent(all::add);
        return List.copyOf(all);
    }

    /**
     * Return the memory that training on them takes.
     *
     * @param pipeline through which they are read
     * @param available bytes in the program
     */
    public NetworkMemory memory(Experiment experiment, Pipeline pipeline, Kernels kernels, double available) {
        int batch = Math.min(experiment.data().batchSize().examples(), train.size());
        int heldOut = 0;
        int largest = 0;
        for (Dataset dataset : all()) {
            heldOut = Math.max(heldOut, dataset == train ? 0 : dataset.size());
            largest = Math.max(largest, dataset.size());
        }
        int most = Math.max(batch, Math.min(NetworkMemory.MOST_MEASURED, heldOut));
        List<Loss> losses = new ArrayList<>();
        for (Head head : experiment.heads()) {
            losses.add(head.output().loss());
        }
        NetworkMemory.Passes passes = new NetworkMemory.Passes(
                batch,
                most,
                experiment.training().shards(),
                experiment.training().rowsAtOnce().orElse(0),
                pipeline.bytes(batch, most, Math.min(TransformChain.FIT_ROWS, largest)),
                bytes());
        NetworkMemory memory = NetworkMemory.ofTraining(
                experiment.optimizer(), losses, passes, experiment.training().recompute(), kernels, available);
        return experiment.training().average().isPresent() ? memory.averaging() : memory;
    }

    /** Return the bytes of all sources, each counted once, and of the numbers of their examples. */
    private long bytes() {
        long bytes = 0;
        for (DataSource source : sources()) {
            bytes += source.bytes();
        }
        for (Dataset dataset : all()) {
            bytes += NUMBERS * dataset.size();
        }
        return bytes;
    }

    /** Return the sources, each once: datasets may be parts of one source. */
    public Set<DataSource> sources() {
        Set<DataSource> sources = new LinkedHashSet<>();
        for (Dataset dataset : all()) {
            sources.add(dataset.source());
        }
        return sources;
    }

    /**
     * Read everything that the sources have not read yet; after that no example fails.
     *
     * @throws InputException if a file is broken
     */
    public void load() {
        all().forEach(Dataset::load);
    }

    /** Return the dataset of a name, if there is one. */
    public Optional<Dataset> named(String name) {
        return all().stream().filter(dataset -> dataset.name().equals(name)).findFirst();
    }

    /**
     * Open the sources and split them.
     *
     * @throws InputException at {@code data.<name>} if one cannot be opened or split
     */
    public static Datasets open(Data data, long seed, Surroundings surroundings) {
        return open(data, seed, surroundings, source -> {});
    }

    /**
     * Open the sources and split them.
     *
     * @param opened receives each source as soon as it is open
     * @throws InputException at {@code data.<name>} if one cannot be opened or split
     */
    public static Datasets open(Data data, long seed, Surroundings surroundings, Consumer<DataSource> opened) {
        Set<String> splitColumns = new LinkedHashSet<>();
        for (Optional<HeldOut> part : List.of(data.test(), data.validation())) {
            if (part.isPresent() && part.get().decidingColumn().isPresent()) {
                splitColumns.add(part.get().decidingColumn().get());
            }
        }
        DataContext context = surroundings.context(Optional.empty(), true, List.copyOf(splitColumns));
        Dataset opening = Dataset.of(Dataset.TRAIN, open(data.train(), "data.train", context));
        Dataset train = context.labelled() ? opening : opening.unlabelled();
        opened.accept(train.source());
        Encoding encoding = train.encoding();
        Dataset rest = train;
        ConfigErrors errors = new ConfigErrors();
        Optional<Dataset> test = Optional.empty();
        Optional<Dataset> validation = Optional.empty();
        for (String name : List.of("test", "validation")) {
            Optional<HeldOut> declared = name.equals("test") ? data.test() : data.validation();
            if (declared.isEmpty()) {
                continue;
            }
            Optional<DataSourceSpec> source = declared.get().source();
            Dataset available = rest;
            Optional<Dataset> part = errors.make(() -> source.isPresent()
                    ? openDeclared(name, source.get(), surroundings, encoding)
                    : available.select(name, chosen(data, declared.get(), name, seed, available, train.size())));
            if (source.isPresent()) {
                if (part.isPresent()) {
                    opened.accept(part.get().source());
                }
            } else if (part.isPresent()) {
                rest = available.without(part.get());
            }
            if (name.equals("test")) {
                test = part;
            } else {
                validation = part;
            }
        }
        Dataset left = rest;
        errors.check(() -> {
            try {
                left.requireWeights();
            } catch (InputException e) {
                throw e.atConfig("data.train.weight");
            }
        });
        errors.throwIfAny();
        return new Datasets(rest, validation, test);
    }

    private static int[] chosen(Data data, HeldOut declared, String name, long seed, Dataset available, int all) {
        return declared.decidingColumn().isPresent()
                ? new ColumnSplit(data, declared, name, seed).of(available, all)
                : new Split(declared, name, seed).of(available, all);
    }

    /**
     * Open the source of test or validation; its examples must be encoded as the training ones are.
     *
     * @throws InputException at {@code data.<name>} if it cannot be opened or does not fit
     */
    public static Dataset openDeclared(String name, DataSourceSpec spec, Surroundings surroundings, Encoding training) {
        String place = "data." + name;
        try {
            return openGiven(name, context -> open(spec, place, context), surroundings, training);
        } catch (InputException e) {
            throw e.atConfig(place);
        }
    }

    /**
     * Open a source that no config declares; its examples must be encoded as the training ones are.
     *
     * @throws InputException if it cannot be opened or does not fit
     */
    public static Dataset openGiven(String name, DataSourceSpec spec, Surroundings surroundings, Encoding training) {
        boolean withTarget = !training.target().equals(Target.NONE);
        DataContext context = surroundings.context(Optional.of(training), withTarget, List.of());
        Dataset dataset = Dataset.of(name, Made.by(spec, "open", spec.open(context)));
        if (!withTarget) {
            dataset = dataset.unlabelled();
        }
        Encoding encoding = dataset.encoding();
        if (!encoding.shape().equals(training.shape())) {
            throw new InputException(
                    "examples of " + name + " are " + encoding.shape().named() + ", but those of train are "
                            + training.shape().named());
        }
        if (!encoding.inputs().isEmpty() && !encoding.inputs().equals(training.inputs())) {
            throw new InputException("inputs of " + name + " are " + encoding.inputs() + ", but those of train are "
                    + training.inputs());
        }
        if (context.labelled()) {
            for (Map.Entry<String, Target> trained : training.targets().entrySet()) {
                Target own = encoding.targets().getOrDefault(trained.getKey(), Target.NONE);
                if (!own.equals(trained.getValue())) {
                    throw new InputException("targets of " + name + " are " + own.names() + ", but those of train are "
                            + trained.getValue().names());
                }
            }
        }
        return dataset;
    }

    /**
     * The facts and services that every data source needs.
     *
     * @param files the location of a file given in a config
     * @param withLabels whether the examples are to be learned or measured, not predicted
     * @param learned the targets that are needed of the examples
     * @param progress receives the progress of slow work
     */
    public record Surroundings(
            Function<String, Path> files,
            boolean offline,
            Function<String, Optional<String>> environment,
            boolean withLabels,
            Learned learned,
            Consumer<String> progress) {
        /** Create surroundings in which relative paths begin at a folder. */
        public Surroundings(
                Path folder, boolean offline, Function<String, Optional<String>> environment, boolean withLabels) {
            this(folder::resolve, offline, environment, withLabels, Learned.OWN, text -> {});
        }

        /** Return the same surroundings of sources for the outputs of an experiment. */
        public Surroundings learning(Experiment experiment) {
            return new Surroundings(files, offline, environment, withLabels, Learned.of(experiment), progress);
        }

        /** Return the same surroundings, in which somebody sees the progress of slow work. */
        public Surroundings showing(Consumer<String> line) {
            return new Surroundings(files, offline, environment, withLabels, learned, line);
        }

        private DataContext context(Optional<Encoding> training, boolean withTarget, List<String> splitColumns) {
            Surroundings here = this;
            return new DataContext() {
                @Override
                public Path resolve(String path) {
                    try {
                        return files.apply(path);
                    } catch (InvalidPathException e) {
                        throw new InputException(
                                "'" + path + "' is not a valid file name here: " + e.getReason(),
                                "Non-English letters require a UTF-8 locale, such as LC_ALL=C.UTF-8.");
                    }
                }

                @Override
                public boolean offline() {
                    return offline;
                }

                @Override
                public Optional<String> environment(String name) {
                    return here.environment.apply(name);
                }

                @Override
                public Consumer<String> progress() {
                    return progress;
                }

                @Override
                public Optional<Encoding> training() {
                    return training;
                }

                @Override
                public boolean labelled() {
                    return withLabels && withTarget && learned.labelled();
                }

                @Override
                public Map<String, List<String>> targets() {
                    return learned.columns();
                }

                @Override
                public List<String> splitColumns() {
                    return splitColumns;
                }

                @Override
                public boolean predicting() {
                    return !withLabels;
                }
            };
        }
    }

    /**
     * The targets that the outputs of a network need of a source.
     *
     * @param columns to be learned, by output; empty if the source itself says what is learned
     * @param labelled whether some output does not reconstruct the input
     */
    public record Learned(Map<String, List<String>> columns, boolean labelled) {
        /** What the source itself says. */
        public static final Learned OWN = new Learned(Map.of(), true);

        static Learned of(Experiment experiment) {
            Map<String, List<String>> columns = new LinkedHashMap<>();
            boolean labelled = false;
            for (Head head : experiment.heads()) {
                Output output = head.output();
                if (output.target().isPresent()) {
                    columns.put(head.name(), output.target().get().values());
                }
                labelled |= !output.reconstruct();
            }
            return new Learned(columns, labelled);
        }
    }

    private static DataSource open(DataSourceSpec spec, String place, DataContext context) {
        try {
            return new PlacedSource(Made.by(spec, "open", spec.open(context)), place);
        } catch (InputException e) {
            throw e.below(place);
        } catch (OutOfMemoryError e) {
            throw PlacedSource.shortage(place, 0, e);
        }
    }
}
