package dev.chainrule.app.option;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option of all commands that open the data of a config or a run. */
public final class DataOptions {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Look for the config's data files in DIR first, then next to the config.")
    private Optional<Path> folder = Optional.empty();

    public Optional<Path> folder() {
        return folder;
    }
}
