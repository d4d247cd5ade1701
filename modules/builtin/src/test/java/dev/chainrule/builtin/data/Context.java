package dev.chainrule.builtin.data;

import dev.chainrule.api.DataContext;
import dev.chainrule.api.Encoding;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Open sources in a test's folder: labelled, offline, with nothing in the environment unless said otherwise. */
public record Context(
        Path folder, Map<String, String> variables, boolean offline, Optional<Encoding> training, boolean labelled)
        implements DataContext {
    static Context in(Path folder) {
        return new Context(folder, Map.of(), true, Optional.empty(), true);
    }

    Context after(Encoding training) {
        return new Context(folder, variables, offline, Optional.of(training), labelled);
    }

    Context unlabelled() {
        return new Context(folder, variables, offline, training, false);
    }

    Context online() {
        return new Context(folder, variables, false, training, labelled);
    }

    Context with(Map<String, String> variables) {
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
