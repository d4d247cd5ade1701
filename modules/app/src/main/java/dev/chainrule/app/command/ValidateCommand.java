package dev.chainrule.app.command;

import dev.chainrule.api.error.InputException;
import dev.chainrule.app.load.AssemblyFactory;
import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.option.DataOptions;
import dev.chainrule.app.option.PluginOptions;
import dev.chainrule.app.option.SetOptions;
import dev.chainrule.app.record.DeclaredStart;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.config.ConfigException;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.math.ThreadTeam;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that checks configs and their data without training. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = {
            "Check configs and their data without training.",
            "Checks that every value is valid, that the data can be read, and that layers and loss fit "
                    + "together. Of large image files, only the header, the length and the first images are "
                    + "checked. Nothing is downloaded. "
                    + "Settings that are legal but almost certainly mistakes are reported as warnings."
        },
        footer = {
            "",
            "Examples:",
            "  java -jar pipeline.jar validate configs/mnist.yaml",
            "  java -jar pipeline.jar validate --strict 'configs/**/*.yaml'",
            "  java -jar pipeline.jar validate --format json configs/mnist.yaml"
        })
public final class ValidateCommand implements Callable<Integer> {
    /** The form of the answer. */
    enum Format {
        TEXT,
        JSON
    }

    private final Context context;

    @Parameters(
            paramLabel = "CONFIG",
            arity = "1..*",
            description =
                    "The YAML files to check: names, or patterns such as 'configs/*.yaml'; ** matches subfolders, too.")
    private List<String> configs = new ArrayList<>();

    @Option(names = "--strict", description = "Treat warnings as errors.")
    private boolean strict;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text for people, or json for editors and scripts (see docs/CONFIG.md). Default: text.")
    private Format format = Format.TEXT;

    @Mixin
    private SetOptions set = new SetOptions();

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private PluginOptions options = new PluginOptions();

    public ValidateCommand(Context context) {
        this.context = context;
    }

    /** Create a command with the defaults of all options. */
    public ValidateCommand(Context context, List<String> configs) {
        this(context);
        this.configs = configs;
    }

    @Override
    public Integer call() {
        Map<Path, Problems> found = new LinkedHashMap<>();
        for (Path file : Globs.expand(configs)) {
            Problems problems = context.secrets().hide(check(file));
            found.put(file, strict ? problems.asErrors() : problems);
            if (format == Format.TEXT) {
                show(file, found.get(file));
            }
        }
        if (format == Format.JSON) {
            context.out().print(ProblemJson.of(found, context.secrets()::hide));
        }
        long wrong = found.values().stream().filter(Problems::hasErrors).count();
        if (format == Format.TEXT && found.size() > 1) {
            context.out()
                    .println(found.size() + " configs: " + (found.size() - wrong) + " ok, " + wrong + " with errors");
        }
        return wrong == 0 ? ExitCode.DONE : ExitCode.INPUT;
    }

    private void show(Path file, Problems problems) {
        context.show(problems);
        if (!problems.hasErrors()) {
            context.print(file + ": ok");
        }
    }

    private Problems check(Path file) {
        Problems problems = new Problems();
        try {
            problems.addAll(check(ConfigLoader.load(file, options.plugins(context), set.settings(), context)
                    .lookingIn(data.folder())));
        } catch (ConfigException e) {
            problems.addAll(e.problems());
        } catch (InputException e) {
            problems.add(Problem.of(e));
        }
        return problems;
    }

    private Problems check(LoadedConfig loaded) {
        try (ThreadTeam team = new ThreadTeam(1)) {
            Assembly assembly = AssemblyFactory.of(loaded, context, true, team);
            DeclaredStart.check(assembly, loaded, context);
            Problems problems = AssemblyFactory.advice(assembly, loaded);
            AssemblyFactory.warnings(assembly).forEach(warning -> problems.add(Problem.warning(warning)));
            return problems;
        } catch (InputException e) {
            return AssemblyFactory.problems(e, loaded);
        }
    }
}
