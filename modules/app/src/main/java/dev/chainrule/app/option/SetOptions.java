package dev.chainrule.app.option;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option of all commands that read a config. */
public final class SetOptions {
    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Override a config value: training.epochs=3, seed=7, model[0].units=64, hooks[+]=progress. "
                    + "[+] appends to a list, null removes a key. Repeatable.")
    private List<String> settings = new ArrayList<>();

    public List<String> settings() {
        return settings;
    }
}
