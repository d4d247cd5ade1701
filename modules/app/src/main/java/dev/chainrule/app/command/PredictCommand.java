package dev.chainrule.app.command;

import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.InputException;
import dev.chainrule.api.RunException;
import dev.chainrule.api.Target;
import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.record.KeptRun;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.ThreadTeam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Apply a finished run to new examples. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        description = {
            "Apply what a run has learned to new examples.",
            "Prints CSV: for classes the class and the probabilities of all, else the values."
        },
        footer = {
            "",
            "Examples:",
            "  java -jar pipeline.jar predict latest --input digit.png",
            "  java -jar pipeline.jar predict latest --input images.gz --output classes.csv"
        })
public final class PredictCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "RUN", description = "A run's directory, or 'latest'.")
    private String run;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            required = true,
            description = "The examples: .csv with the columns of the training data, .png or .jpg of the training "
                    + "images' size, anything else as IDX images.")
    private Path input;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write the predictions into FILE instead of standard output.")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--invert", description = "Exchange dark and bright of a picture, for dark ink on bright paper.")
    private boolean invert;

    @Mixin
    private RunOptions options = new RunOptions();

    public PredictCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (ThreadTeam team = new ThreadTeam(options.threads())) {
            KeptRun kept = KeptRun.restore(run, options.plugins(), team, context);
            Dataset dataset = Datasets.openGiven(
                    "input",
                    source(kept),
                    context.surroundings(Path.of(""), options.offline(), false),
                    kept.encoding());
            Target target = kept.pipeline().encoding().target();
            StringBuilder csv = new StringBuilder();
            kept.evaluator().predict(dataset, (index, a, row) -> {
                if (index == 0) {
                    csv.append(heading(target, a.columns()));
                }
                csv.append(line(index, target, a, row));
            });
            if (output.isPresent()) {
                write(output.get(), csv.toString());
                context.out().printf(Locale.ROOT, "%,d predictions in %s%n", dataset.size(), output.get());
            } else {
                context.out().print(csv);
            }
            return ExitCode.DONE;
        }
    }

    private static void write(Path file, String csv) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
                // A device or pipe, such as /dev/stdout, is written into; a rename would put a file in its place.
                Files.writeString(file, csv);
            } else {
                AtomicFiles.write(file, csv);
            }
        } catch (IOException e) {
            throw cannotWrite(file, e);
        } catch (RunException e) {
            throw e.getCause() instanceof IOException io ? cannotWrite(file, io) : e;
        }
    }

    private static InputException cannotWrite(Path file, IOException e) {
        return new InputException(
                "cannot write " + file + ": " + AtomicFiles.reason(e), "Choose another file with --output.");
    }

    private DataSourceSpec source(KeptRun kept) {
        String name = input.toString().toLowerCase(Locale.ROOT);
        String file = quoted(input.toString());
        String yaml;
        if (name.endsWith(".csv")) {
            yaml = "{type: csv, file: " + file + kept.csvForm() + "}";
        } else if (name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg")) {
            yaml = "{type: image, file: " + file + ", invert: " + invert + "}";
        } else {
            yaml = "{type: idx, images: " + file + "}";
        }
        return ConfigLoader.source("--input", yaml, kept.loaded().registry());
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String heading(Target target, int outputs) {
        List<String> cells = new ArrayList<>(List.of("example"));
        if (target.isClass()) {
            cells.add("class");
            if (outputs == target.names().size()) {
                target.names().forEach(name -> cells.add(cell(name)));
            } else {
                cells.add("output");
            }
        } else {
            target.names().forEach(name -> cells.add(cell(name)));
        }
        return String.join(",", cells) + "\n";
    }

    private static String line(int index, Target target, Matrix a, int row) {
        StringBuilder line = new StringBuilder().append(index);
        if (target.isClass()) {
            line.append(',').append(cell(target.names().get(Target.predictedClass(a, row))));
        }
        for (int j = 0; j < a.columns(); j++) {
            line.append(String.format(Locale.ROOT, ",%.6g", a.get(row, j)));
        }
        return line.append('\n').toString();
    }

    private static String cell(String text) {
        return text.matches("[^\",\\r\\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
