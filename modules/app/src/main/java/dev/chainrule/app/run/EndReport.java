package dev.chainrule.app.run;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.RunException;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.load.PluginSources;
import dev.chainrule.app.report.RunReport;
import dev.chainrule.app.shell.Context;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.record.RunDirectory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The page about a run that has just ended. The run is recorded already, so that a failure of the page is only a warning. */
final class EndReport {
    private static final System.Logger LOG = System.getLogger(EndReport.class.getName());

    private EndReport() {}

    /**
     * Write the page into the run's directory, unless the config says otherwise; return its file.
     *
     * @param assembly with the model that the run keeps
     * @param warnings of a page that cannot be written
     */
    static Optional<Path> write(
            RunDirectory directory,
            LoadedConfig loaded,
            Assembly assembly,
            boolean interrupted,
            PluginSources plugins,
            Context context,
            Consumer<String> warnings) {
        if (!loaded.experiment().report().write()) {
            return Optional.empty();
        }
        try {
            AtomicFiles.write(
                    directory.report(), RunReport.ofEnded(directory, loaded, assembly, interrupted, plugins, context));
            LOG.log(System.Logger.Level.INFO, "report written");
            return Optional.of(directory.report());
        } catch (RuntimeException | Error e) { // a plugin may throw anything, and memory may be used up
            LOG.log(System.Logger.Level.INFO, "the report could not be written", e);
            warnings.accept("the report could not be written: "
                    + (e instanceof InputException || e instanceof RunException
                            ? e.getMessage()
                            : directory.log().getFileName() + " has the reason"));
            return Optional.empty();
        }
    }
}
