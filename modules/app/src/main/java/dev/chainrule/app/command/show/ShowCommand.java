package dev.chainrule.app.command.show;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.app.load.AssemblyFactory;
import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.option.DataOptions;
import dev.chainrule.app.option.RunOptions;
import dev.chainrule.app.option.SetOptions;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.shell.OutputFile;
import dev.chainrule.app.shell.Tables;
import dev.chainrule.config.ConfigException;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.math.Numbers;
import dev.chainrule.math.ThreadTeam;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that shows training examples as the network sees them. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = {
            "Show training examples as the network sees them.",
            "These are the first examples of the first epoch, after transforms and",
            "augmentation. Images are drawn on one picture; of other examples, the",
            "numbers are printed."
        },
        footer = {"", "Example:", "  java -jar pipeline.jar show configs/mnist.yaml --examples 16 --output sheet.png"})
public final class ShowCommand implements Callable<Integer> {
    private static final int MOST = 10_000;

    private final Context context;

    @Parameters(paramLabel = "CONFIG", description = "The YAML file whose examples to show.")
    private Path config;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "16",
            description = "Show N examples, or all if there are fewer. Default: 16.")
    private int count;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Draw images on FILE, a PNG. Default: the config's name, with .png.")
    private Optional<Path> output = Optional.empty();

    @Mixin
    private SetOptions set = new SetOptions();

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    public ShowCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (count < 1 || count > MOST) {
            throw new InputException("--examples is " + count, "A number from 1 to " + MOST + " is required.");
        }
        LoadedConfig loaded = ConfigLoader.load(config, options.plugins(context), set.settings(), context)
                .lookingIn(data.folder());
        try (ThreadTeam team = new ThreadTeam(options.threads())) {
            Assembly assembly = AssemblyFactory.of(loaded, context, options.offline(), team);
            AssemblyFactory.warnings(assembly).forEach(context::warn);
            show(assembly, output.orElse(Path.of(loaded.name() + ".png")));
        } catch (InputException e) {
            throw new ConfigException(AssemblyFactory.problems(e, loaded));
        }
        return ExitCode.DONE;
    }

    private void show(Assembly assembly, Path sheet) {
        Encoding encoding = assembly.pipeline().encoding();
        List<SeenExample> seen = new SeenExamples(assembly).first(count);
        List<Shape> pictures = pictures(encoding);
        int others = encoding.shape().size()
                - pictures.stream().mapToInt(Shape::size).sum();
        print(seen, encoding, others);
        if (!pictures.isEmpty()) {
            ContactSheet drawn = new ContactSheet(
                    pictures, seen.stream().map(example -> example.from(others)).toList());
            OutputFile.write(sheet, drawn.png());
            context.print(sheet + ": " + seen.size() + " examples, row by row, up to " + drawn.columns()
                    + " in each; black is " + Numbers.rounded(drawn.least()) + ", white is "
                    + Numbers.rounded(drawn.greatest()));
        } else {
            output.ifPresent(file ->
                    context.warn("wrote no " + file + ": the examples are not images, so their numbers are printed"));
        }
    }

    /** Return the shapes of the images in which the inputs end; none if the last one is not an image. */
    private static List<Shape> pictures(Encoding encoding) {
        List<Shape> pictures = new ArrayList<>(
                encoding.inputs().isEmpty()
                        ? List.of(encoding.shape())
                        : encoding.inputs().stream().map(Encoding.Input::shape).toList());
        for (int i = pictures.size() - 1; i >= 0; i--) {
            if (!pictures.get(i).isImage()) {
                return pictures.subList(i + 1, pictures.size());
            }
        }
        return pictures;
    }

    /**
     * Print a line for each example: its row among the training examples, its target, and its inputs unless they are drawn.
     *
     * @param others the number of inputs before the images
     */
    private void print(List<SeenExample> seen, Encoding encoding, int others) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                others == 0
                        ? List.of("", "example", "target")
                        : List.of(
                                "",
                                "example",
                                "target",
                                "inputs "
                                        + (others == encoding.shape().size() ? encoding.shape() : Shape.of(others))
                                                .named()));
        for (int i = 0; i < seen.size(); i++) {
            SeenExample example = seen.get(i);
            List<String> cells = new ArrayList<>(
                    List.of(String.valueOf(i + 1), String.valueOf(example.number() + 1), example.label()));
            if (others > 0) {
                cells.add(SeenExamples.listed(example.inputs(), 0, others));
            }
            rows.add(cells);
        }
        Tables.format(rows, true, true, false, false).forEach(context::print);
    }
}
