package dev.chainrule.app.command;

import dev.chainrule.api.error.InputException;
import dev.chainrule.app.init.CsvReport;
import dev.chainrule.app.init.CsvStarter;
import dev.chainrule.app.init.StarterExample;
import dev.chainrule.app.init.TableSurvey;
import dev.chainrule.app.load.AssemblyFactory;
import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.option.PluginOptions;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.shell.Terminal;
import dev.chainrule.app.shell.Words;
import dev.chainrule.config.Problems;
import dev.chainrule.config.compose.Composer;
import dev.chainrule.engine.advice.Adviser;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.math.Numbers;
import dev.chainrule.math.ThreadTeam;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command that writes a first config. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Write a first config for a table, or an example config.",
            "Asks no questions: the table's contents determine the settings, and comments in the config explain them."
        },
        footer = {
            "",
            "Examples:",
            "  java -jar pipeline.jar init --csv flowers.csv --target species",
            "  java -jar pipeline.jar init --example xor --output first.yaml"
        })
public final class InitCommand implements Callable<Integer> {
    private static final int MOST_SEEDS = 50;
    /** Bytes of a file that takes a second or more, so that the user should see that it is being read. */
    private static final long LARGE = 10_000_000;

    private final Context context;

    @Option(names = "--csv", paramLabel = "FILE", description = "The table to learn from.")
    private Optional<Path> csv = Optional.empty();

    @Option(names = "--target", paramLabel = "COLUMN", description = "The column to predict.")
    private Optional<String> target = Optional.empty();

    @Option(
            names = "--classes",
            description = "With --csv: treat the target's values as class names, even if they are numbers.")
    private boolean classes;

    @Option(names = "--example", paramLabel = "NAME", description = "The example to write: mnist, xor or regression.")
    private Optional<StarterExample> example = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The config to write. Default: named after the table or example, in the working directory.")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--force", description = "Overwrite an existing file.")
    private boolean force;

    @Mixin
    private PluginOptions options = new PluginOptions();

    public InitCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (csv.isPresent() == example.isPresent() || csv.isPresent() != target.isPresent()) {
            throw new InputException(
                    csv.isPresent() && example.isPresent()
                            ? "--csv and --example were both given"
                            : csv.isPresent()
                                    ? "--csv was given without --target"
                                    : "neither --csv nor --example was given",
                    "Give --csv FILE and --target COLUMN, or --example mnist, xor or regression.");
        }
        if (classes && csv.isEmpty()) {
            throw new InputException(
                    "--classes was given without --csv", "--classes applies to the column that --target gives.");
        }
        return csv.isPresent() ? table(csv.get(), target.get()) : example(example.get());
    }

    private int example(StarterExample chosen) {
        Path file = output.orElse(Path.of(chosen.name().toLowerCase(Locale.ROOT) + ".yaml"));
        Optional<Path> data = chosen.data().map(file::resolveSibling);
        refuse(file);
        data.ifPresent(this::refuse);
        data.ifPresent(table -> write(table, chosen.table()));
        write(file, chosen.yaml(file.toString()));
        show("wrote " + file + data.map(table -> " and " + table).orElse(""));
        next(file);
        return ExitCode.DONE;
    }

    private int table(Path table, String column) {
        Path file = output.orElse(Path.of(baseName(table) + ".yaml"));
        refuse(file);
        boolean large = table.toFile().length() >= LARGE;
        if (large) {
            context.err()
                    .println("reading " + table + ", "
                            + Numbers.size(table.toFile().length()) + " …");
        }
        TableSurvey survey = TableSurvey.of(table, column, classes);
        if (large) {
            context.err()
                    .println("checking the config on " + survey.table().size() + " rows of "
                            + survey.columns().size() + " columns …");
        }
        CsvStarter starter = new CsvStarter(survey, column);
        Path folder = file.toAbsolutePath().normalize().getParent();
        Path relative = folder.relativize(table.toAbsolutePath().normalize());
        String source = relative.toString().replace('\\', '/');
        String command = "java -jar pipeline.jar " + file;
        String text = "";
        Doubts doubts = new Doubts(new Problems(), true);
        for (int seed = 1; doubts.dependOnSplit() && seed <= MOST_SEEDS; seed++) {
            // A split may leave a rare class without a training example; another split may not.
            text = starter.yaml(ConfigLoader.baseName(file), source, command, seed);
            doubts = check(file, text, table);
        }
        write(file, text);
        CsvReport report = starter.report();
        show("wrote " + file + ": " + report.summary());
        report.lines().forEach(line -> show("  " + line));
        next(file);
        report.warnings().forEach(context::warn);
        context.show(doubts.problems());
        return ExitCode.DONE;
    }

    /**
     * Return the warnings about a config that is not written yet.
     *
     * @throws InputException if the table cannot be used at all, with its place
     */
    private Doubts check(Path file, String text, Path table) {
        Path absolute = file.toAbsolutePath().normalize();
        Map<Path, byte[]> unwritten = Collections.singletonMap(absolute, text.getBytes(StandardCharsets.UTF_8));
        Composer composer = new Composer(context::variable, List.of(), unwritten);
        LoadedConfig loaded =
                ConfigLoader.load(absolute, absolute.getParent(), options.plugins(context), composer, context);
        try (ThreadTeam team = new ThreadTeam(1)) {
            Assembly assembly = AssemblyFactory.of(loaded, context, true, team);
            boolean dependOnSplit = Adviser.of(assembly).stream()
                    .anyMatch(advice -> advice.kind().dependsOnSplit());
            return new Doubts(AssemblyFactory.advice(assembly, loaded), dependOnSplit);
        } catch (InputException e) {
            // The user knows the table, but not the config that was about to be written.
            throw e.file().isPresent()
                    ? e
                    : new InputException(e.getMessage(), e.notes().toArray(String[]::new)).inFile(table.toString());
        }
    }

    /**
     * The warnings about a config.
     *
     * @param dependOnSplit whether another split may remove some of them
     */
    private record Doubts(Problems problems, boolean dependOnSplit) {}

    private void next(Path file) {
        show("  java -jar pipeline.jar describe " + file + "   shows its network");
        show("  java -jar pipeline.jar " + file + "   trains it");
    }

    private void show(String line) {
        Words.wrap(line, Terminal.room(context.environment())).forEach(context.out()::println);
    }

    private void refuse(Path file) {
        if (Files.exists(file) && !force) {
            throw new InputException(
                    "'" + file + "' exists already",
                    "Choose another file with --output, or overwrite this one with --force.");
        }
    }

    private static String baseName(Path table) {
        return table.getFileName().toString().replaceFirst("\\.[A-Za-z]+$", "");
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new InputException("'" + file + "' cannot be written: " + AtomicFiles.reason(e));
        }
        AtomicFiles.write(file, text);
    }
}
