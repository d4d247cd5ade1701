package dev.chainrule.app.command;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.Suggestion;
import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.option.PluginOptions;
import dev.chainrule.app.option.SetOptions;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.config.Mark;
import dev.chainrule.config.write.Explanation;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The command that shows every value of a config with its origin. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Show every value of a config, its origin and its purpose.",
            "The origin is a file and line, --set, the environment, or a default."
        },
        footer = {
            "",
            "Examples:",
            "  java -jar pipeline.jar explain configs/mnist.yaml",
            "  java -jar pipeline.jar explain configs/mnist.yaml optimizer",
            "  java -jar pipeline.jar explain configs/mnist.yaml 'model[0]' --set seed=7"
        })
public final class ExplainCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(index = "0", paramLabel = "CONFIG", description = "The YAML file to explain.")
    private Path config;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PATH",
            description = "Show only this value and the values inside it, such as optimizer or model[0].units.")
    private Optional<String> path = Optional.empty();

    @Mixin
    private SetOptions set = new SetOptions();

    @Mixin
    private PluginOptions options = new PluginOptions();

    public ExplainCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        LoadedConfig loaded = ConfigLoader.load(config, options.plugins(context), set.settings(), context);
        String folder = config.getParent() == null
                ? ""
                : config.getParent() + config.getFileSystem().getSeparator();
        List<Explanation.Line> lines = Explanation.of(
                loaded.experiment(),
                loaded.locations(),
                mark -> origin(mark, loaded, folder),
                loaded.composed().hashing());
        ExplanationPrinter.print(path.map(wanted -> below(wanted, lines)).orElse(lines).stream()
                        .map(this::hidden)
                        .toList())
                .forEach(context.out()::println);
        return ExitCode.DONE;
    }

    /** The lines are truncated and laid out afterwards, and the descriptions do not come from the config. */
    private Explanation.Line hidden(Explanation.Line line) {
        return new Explanation.Line(
                line.path(),
                context.secrets().hideWhole(line.value()),
                context.secrets().hide(line.origin()),
                line.doc());
    }

    /** File names are relative to the config's folder, which keeps lines short. */
    private static String origin(Mark mark, LoadedConfig loaded, String folder) {
        String origin = loaded.composed().origin(mark);
        return folder.isEmpty() ? origin : origin.replace(folder, "");
    }

    private List<Explanation.Line> below(String wanted, List<Explanation.Line> lines) {
        String plain = wanted.replaceAll("['\"]", "");
        List<Explanation.Line> below =
                lines.stream().filter(line -> isIn(line.path(), plain)).toList();
        if (below.isEmpty()) {
            Set<String> paths = new LinkedHashSet<>();
            for (Explanation.Line line : lines) {
                for (int end = 1; end <= line.path().length(); end++) {
                    if (isIn(line.path(), line.path().substring(0, end))) {
                        paths.add(line.path().substring(0, end));
                    }
                }
            }
            throw new InputException(
                    "there is no value '" + wanted + "' in " + config,
                    Suggestion.didYouMean(plain, paths) + "Without a path, explain shows all values.");
        }
        return below;
    }

    private static boolean isIn(String path, String outer) {
        return path.equals(outer) || path.startsWith(outer + ".") || path.startsWith(outer + "[");
    }
}
