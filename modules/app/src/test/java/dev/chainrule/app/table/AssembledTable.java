package dev.chainrule.app.table;

import dev.chainrule.app.load.AssemblyFactory;
import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.load.PluginSources;
import dev.chainrule.app.testing.InProcess;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.math.ThreadTeam;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The data and the network of a config, with fitted transforms. */
final class AssembledTable {
    private AssembledTable() {}

    /** Return the parts of a run, whose config is written to a folder with its tables. */
    static Assembly of(Path folder, String config, ThreadTeam team) {
        try {
            Path file = Files.writeString(folder.resolve("assembled.yaml"), config);
            return AssemblyFactory.loaded(
                    ConfigLoader.load(file, PluginSources.usual(InProcess.context()), List.of(), InProcess.context()),
                    InProcess.context(new ByteArrayOutputStream(), new ByteArrayOutputStream(), Map.of()),
                    true,
                    team);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
