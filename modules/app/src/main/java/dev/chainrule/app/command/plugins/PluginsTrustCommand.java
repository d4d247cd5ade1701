package dev.chainrule.app.command.plugins;

import dev.chainrule.api.error.InputException;
import dev.chainrule.app.load.TrustedJars;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.config.plugin.PluginFiles;
import dev.chainrule.config.plugin.PluginFinder;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command that lets a plugin run although only runs and archives specify it. */
@Command(
        name = "trust",
        mixinStandardHelpOptions = true,
        description = {
            "Trust a plugin, so that it is loaded even if it comes with a run or an archive.",
            "Adds the SHA-256 of its jars to chainrule/trusted-plugins in $XDG_CONFIG_HOME or ~/.config. A "
                    + "changed jar must be trusted again; to revoke trust, delete the line. This command runs "
                    + "no code from the jar."
        },
        footer = {"", "Example:", "  java -jar pipeline.jar plugins trust cars/plugins/swish/swish-1.0.jar"})
public final class PluginsTrustCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "JAR", description = "The plugin's jar, or a folder with the jar and its libraries.")
    private Path jar;

    public PluginsTrustCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Path file = TrustedJars.file(context)
                .orElseThrow(() -> new InputException(
                        "the folder for the list of trusted plugins is unknown",
                        "Set XDG_CONFIG_HOME or HOME, or give --trust SHA256 to each command."));
        for (PluginFiles files : PluginFinder.at(jar)) {
            for (Path one : files.all()) {
                String hash = hash(one);
                boolean added = TrustedJars.add(file, hash, one.getFileName().toString());
                context.out().println(hash + "  " + one + (added ? "" : " (already trusted)"));
            }
        }
        context.out().println("stored in " + file);
        return ExitCode.DONE;
    }

    private static String hash(Path jar) {
        try {
            return Sha256.ofJar(jar);
        } catch (IOException e) {
            throw new InputException("cannot be read as a jar: " + AtomicFiles.reason(e)).inFile(jar.toString());
        }
    }
}
