package dev.chainrule.builtin.data;

import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.data.Encoding;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Open sources in a test's folder: labelled, offline, with nothing in the environment unless said otherwise. */
public record Context(
        Path folder, Map<String, String> variables, boolean offline, Optional<Encoding> training, boolean labelled)
        implements DataContext {
    public static Context in(Path folder) {
        return new Context(folder, Map.of(), true, Optional.empty(), true);
    }

    public Context after(Encoding training) {
        return new Context(folder, variables, offline, Optional.of(training), labelled);
    }

    public Context unlabelled() {
        return new Context(folder, variables, offline, training, false);
    }

    public Context online() {
        return new Context(folder, variables, false, training, labelled);
    }

    public Context with(Map<String, String> variables) {
        return new Context(folder, variables, offline, training, labelled);
    }

    @Override
    public Path resolve(String path) {
        return folder.resolve(path);
    }

    @Override
    public Optional<String> environment(String name) {
        return Optional.ofNullable(variables.get(name));
    }
}
