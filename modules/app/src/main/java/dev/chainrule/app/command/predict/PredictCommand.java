package dev.chainrule.app.command.predict;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.app.command.show.TextPicture;
import dev.chainrule.app.option.RunOptions;
import dev.chainrule.app.record.OpenedRun;
import dev.chainrule.app.record.TrainedRun;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.shell.OutputFile;
import dev.chainrule.app.shell.Terminal;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.data.Predictable;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.ThreadTeam;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that applies a finished run to new examples. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        description = {
            "Apply a run's model to new examples.",
            "Prints CSV: the class and the probability of each class, or the predicted",
            "values. If the network reconstructs its input, prints the loss and the",
            "reconstruction. If the network has several outputs, prints these columns for each."
        },
        footer = {
            "",
            "Examples:",
            "  java -jar pipeline.jar predict latest --input digit.png --fit drawing",
            "  java -jar pipeline.jar predict latest --input photos --fit contain",
            "  java -jar pipeline.jar predict latest --input images.gz --output classes.csv"
        })
public final class PredictCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "RUN", description = "A run's name or directory, 'latest', or a packed run.")
    private String run;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            required = true,
            description = "The examples, in the format of the training data: a table, a picture, a folder of pictures, "
                    + "a table of their paths, or IDX images. Use '-' for standard input.")
    private Path input;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write the predictions to FILE instead of standard output.")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--invert", description = "Invert the brightness of a picture, for dark ink on bright paper.")
    private boolean invert;

    @Option(names = "--show", description = "Draw each picture with characters before the predictions.")
    private boolean show;

    @Option(
            names = "--fit",
            paramLabel = "HOW",
            description =
                    "Bring pictures of another size to that of the training images: cover, contain, stretch, "
                            + "drawing (cut out of its paper and centred, as a digit), or none, which refuses them. Default: as in training; none unless that read picture files.")
    private Optional<String> fit = Optional.empty();

    @Option(names = "--strict", description = "Predict nothing unless every row can be predicted.")
    private boolean strict;

    @Mixin
    private RunOptions options = new RunOptions();

    public PredictCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (ThreadTeam team = new ThreadTeam(options.threads());
                OpenedRun opened = OpenedRun.open(run, context);
                PredictionInput examples = PredictionInput.open(input)) {
            TrainedRun kept = TrainedRun.restore(opened, options.plugins(context), Optional.empty(), team, context);
            try {
                return predict(kept, examples);
            } catch (InputException e) {
                throw examples.named(e);
            }
        }
    }

    private int predict(TrainedRun kept, PredictionInput examples) {
        Dataset given = Datasets.openGiven(
                "input",
                examples.source(kept, invert, fit),
                context.surroundings(Path.of(""), options.offline(), false)
                        .learning(kept.loaded().experiment()),
                kept.encoding());
        given.source().warnings().forEach(context::warn);
        if (examples.mayBeInverted(kept, invert)) {
            BrightEdges.of(given.source(), String.valueOf(input.getFileName())).ifPresent(context::warn);
        }
        Predictable predictable = Predictable.of(given, kept.pipeline());
        SortedMap<Integer, String> unusable = predictable.unusable();
        if (strict) {
            requireAll(unusable, given.source());
        }
        if (show) {
            draw(predictable.examples());
        }
        PredictionTable csv = new PredictionTable(
                kept.loaded().experiment().heads(), kept.pipeline(), unusable, given.source()::rowName);
        kept.evaluator().predict(predictable.examples(), csv::add);
        if (output.isPresent()) {
            OutputFile.write(output.get(), csv.text());
            context.out()
                    .printf(
                            Locale.ROOT,
                            "%,d predictions in %s%n",
                            predictable.examples().size(),
                            output.get());
        } else {
            context.out().print(csv.text());
        }
        return unusable.isEmpty() ? ExitCode.DONE : incomplete(unusable);
    }

    private void draw(Dataset examples) {
        Shape shape = examples.encoding().shape();
        if (!shape.isImage()) {
            throw new InputException("--show draws pictures, but the run's inputs are not pictures", "Omit --show.");
        }
        int columns = Terminal.width(context.environment()) - 1;
        Matrix x = new DoubleMatrix(1, shape.size());
        for (int i = 0; i < examples.size(); i++) {
            examples.readInputs(new int[] {i}, 0, 0, 1, x);
            context.print("example " + i);
            TextPicture.of(x, shape, columns).forEach(context::print);
        }
    }

    private void requireAll(SortedMap<Integer, String> unusable, DataSource source) {
        if (!unusable.isEmpty()) {
            int first = unusable.firstKey();
            throw new InputException(
                            source.rowName(first).orElse("row " + (first + 1)) + " cannot be predicted: "
                                    + unusable.get(first),
                            unusable.size() == 1
                                    ? "Without --strict, the others are predicted."
                                    : unusable.size() + " rows cannot. Without --strict, the others are predicted.")
                    .inFile(input.toString());
        }
    }

    private int incomplete(SortedMap<Integer, String> unusable) {
        context.out().flush();
        context.warn(unusable.size() + (unusable.size() == 1 ? " row" : " rows")
                + " could not be predicted; the column 'problem' gives the reasons");
        return ExitCode.INPUT;
    }
}
