package dev.chainrule.app.command;

import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.load.ConfigSchema;
import dev.chainrule.app.option.PluginOptions;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.config.registry.Registry;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command that writes the JSON Schema of configs. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = {
            "Print the JSON Schema of configs, which editors use to complete and check them.",
            "It covers all loaded components, including those of plugins."
        },
        footer = {"", "Example:", "  java -jar pipeline.jar schema --plugins mine.jar > schema.json"})
public final class SchemaCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--reference", description = "Instead of the schema, print a commented config with every key.")
    private boolean reference;

    @Mixin
    private PluginOptions options = new PluginOptions();

    public SchemaCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Registry registry = ConfigLoader.registry(options.plugins(context), context);
        context.out().print(reference ? ConfigSchema.reference(registry) : ConfigSchema.json(registry));
        return ExitCode.DONE;
    }
}
