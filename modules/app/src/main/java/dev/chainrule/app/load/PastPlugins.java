package dev.chainrule.app.load;

import dev.chainrule.api.Kind;
import dev.chainrule.api.error.InputException;
import dev.chainrule.config.registry.Memory;
import dev.chainrule.config.registry.RegisteredComponent;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The records of past runs, searched for the plugin that contained a component that is missing now. */
public final class PastPlugins implements Memory {
    private final Path config;
    private final Path kept;

    /**
     * Create a memory of the kept runs and of the run to which a config belongs.
     *
     * @param config the config being read
     * @param kept the folder of runs
     */
    public PastPlugins(Path config, Path kept) {
        this.config = config;
        this.kept = kept;
    }

    @Override
    public Optional<String> of(Kind kind, String name) {
        String component = RegisteredComponent.label(kind, name);
        return runs().flatMap(run -> in(run, component).stream()).findFirst();
    }

    /** Return the runs whose records may contain the component, most likely first. */
    private Stream<Path> runs() {
        Path own = config.toAbsolutePath().getParent();
        List<Path> runs = new ArrayList<>();
        for (Path name : folders(kept)) {
            runs.addAll(folders(name));
        }
        // A run's name is its time.
        runs.sort(
                Comparator.comparing((Path run) -> run.getFileName().toString()).reversed());
        return Stream.concat(Stream.of(own), runs.stream());
    }

    private static List<Path> folders(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            return List.of(); // an unreadable folder is not a reason to fail
        }
    }

    private static Optional<String> in(Path run, String component) {
        RunDirectory directory = new RunDirectory(run);
        if (!Files.isRegularFile(directory.record())) {
            return Optional.empty();
        }
        try {
            return RunRecord.read(directory).items("plugins").stream()
                    .filter(Map.class::isInstance)
                    .map(plugin -> (Map<?, ?>) plugin)
                    .filter(plugin -> plugin.get("components") instanceof List<?> names && names.contains(component))
                    .findFirst()
                    .map(plugin -> sentence(run, plugin));
        } catch (InputException e) {
            return Optional.empty(); // a damaged record is skipped
        }
    }

    private static String sentence(Path run, Map<?, ?> plugin) {
        String version = plugin.get("version") instanceof String text && !text.isEmpty() ? " " + text : "";
        return "The run " + run + " used the plugin " + plugin.get("name") + version + " for it: restore "
                + plugin.get("jar") + ", or give the jar with --plugins.";
    }
}
