package dev.chainrule.app.load;

import dev.chainrule.config.plugin.PluginFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A plugin that may be used.
 *
 * @param files its jars
 * @param sha256 of the content of each jar, hashed before a class was loaded
 * @param reason for which it may be used, in words: {@code from ./plugins}
 */
public record LoadedPlugin(PluginFiles files, Map<Path, String> sha256, String reason) {
    static final String FOUND = "from ./plugins";

    /** Return its value for {@code --plugins}; empty if it is found without the option. */
    public Optional<Path> argument() {
        Path jar = files.jar();
        return reason.equals(FOUND)
                ? Optional.empty()
                : Optional.of(files.libraries().isEmpty() ? jar : jar.getParent());
    }

    /** Return the hash of its main jar; {@code ""} if that cannot be read. */
    public String hash() {
        return sha256.getOrDefault(files.jar(), "");
    }
}
