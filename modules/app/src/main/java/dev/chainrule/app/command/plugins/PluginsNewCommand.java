package dev.chainrule.app.command.plugins;

import dev.chainrule.api.Kind;
import dev.chainrule.api.error.InputException;
import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.option.PluginOptions;
import dev.chainrule.app.scaffold.Scaffold;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.shell.ProgramInfo;
import dev.chainrule.config.registry.RegisteredComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that writes a new plugin project. */
@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        description = {
            "Create a plugin project, for Maven or for the JDK alone.",
            "The project has one component; it builds and passes its tests out of the box."
        },
        footer = {
            "",
            "Examples:",
            "  java -jar pipeline.jar plugins new swish --kind activation",
            "  java -jar pipeline.jar plugins new ring --kind data_source --standalone"
        })
public final class PluginsNewCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "NAME", description = "The component's name in YAML, such as leaky_swish.")
    private String name;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            required = true,
            description = {
                "layer, activation, loss, optimizer, schedule,",
                "initializer, regularizer, data_source, transform,",
                "metric or hook."
            })
    private String kind;

    @Option(
            names = "--standalone",
            description = "Instead of Maven, use a build.sh that requires only javac and pipeline.jar.")
    private boolean standalone;

    @Option(
            names = "--into",
            paramLabel = "DIR",
            description = "Parent of the project's folder. Default: the working directory.")
    private Path into = Path.of("");

    @Mixin
    private PluginOptions options = new PluginOptions();

    public PluginsNewCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Kind chosen = kind();
        Scaffold scaffold = new Scaffold(chosen, name, ProgramInfo.current().version());
        requireFree(chosen);
        Path folder = into.resolve(name);
        Scaffold.write(folder, standalone ? scaffold.standalone() : scaffold.maven());
        String source = (standalone ? "src/" : "src/main/java/") + name + "/" + scaffold.type() + ".java";
        context.out().println("Wrote " + folder + ".");
        context.out().println("The " + chosen.label() + " is " + folder.resolve(source) + ": an example that works.");
        context.out()
                .println(
                        standalone
                                ? "Build it: sh " + folder.resolve("build.sh") + " pipeline.jar"
                                : "Build it: mvn -f " + folder
                                        + " package (after make install in Chainrule's folder, once)");
        context.out().println("For the next steps, see " + folder.resolve("README.md") + ".");
        return ExitCode.DONE;
    }

    private Kind kind() {
        String wanted = kind.toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
        List<String> known = Arrays.stream(Kind.values())
                .map(one -> one.name().toLowerCase(Locale.ROOT))
                .toList();
        if (!known.contains(wanted)) {
            throw new InputException(
                    "unknown kind '" + kind + "'", known.stream().collect(Collectors.joining(", ", "Known: ", ".")));
        }
        return Kind.valueOf(wanted.toUpperCase(Locale.ROOT));
    }

    private void requireFree(Kind chosen) {
        ConfigLoader.registry(options.plugins(context), context)
                .find(chosen, name)
                .map(RegisteredComponent::origin)
                .ifPresent(origin -> {
                    throw new InputException(
                            chosen.label() + " '" + name + "' exists already: "
                                    + (origin.isBuiltIn() ? "it is built in" : "it comes from " + origin),
                            "A plugin must not replace a component: choose another name.");
                });
    }
}
