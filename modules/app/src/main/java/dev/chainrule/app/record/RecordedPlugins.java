package dev.chainrule.app.record;

import dev.chainrule.api.error.InputException;
import dev.chainrule.app.load.LoadedPlugin;
import dev.chainrule.app.shell.Context;
import dev.chainrule.config.plugin.PluginFiles;
import dev.chainrule.config.plugin.PluginFinder;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.Sha256;
import dev.chainrule.engine.record.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The plugins of a run, found again in its directory if it was packed, near it, or where they were. */
final class RecordedPlugins {
    /** The folder of a run's directory into which its plugins are put when it is packed. */
    static final String FOLDER = "plugins";

    private RecordedPlugins() {}

    /**
     * A plugin as the record tells it.
     *
     * @param jar the file's name
     * @param sha256 of the jar's content
     * @param alone whether it has no libraries beside it
     * @param places where it may lie now, most likely first
     */
    record Entry(String jar, String sha256, boolean alone, List<Path> places) {
        /** Return the place within a packed run: a folder for each plugin, so that libraries stay with it. */
        Path packed() {
            return Path.of(FOLDER, jar.replaceFirst("\\.jar$", ""));
        }

        /** Return where it is; of several, the one with the recorded content. */
        Optional<Path> locate() {
            List<Path> existing = places.stream().filter(Files::isRegularFile).toList();
            return existing.size() > 1
                    ? existing.stream()
                            .filter(path -> hash(path).equals(sha256))
                            .findFirst()
                            .or(() -> Optional.of(existing.get(0)))
                    : existing.stream().findFirst();
        }
    }

    /** Return the plugins of a run. */
    static List<Entry> entries(RunRecord record) {
        return record.maps("plugins").stream()
                .map(facts -> entry(facts, record))
                .toList();
    }

    private static Entry entry(Map<?, ?> facts, RunRecord record) {
        Path then = MovedPath.of(text(facts, "jar"));
        Path run = record.directory().path().toAbsolutePath();
        String jar = then.getFileName().toString();
        boolean alone = !(facts.get("libraries") instanceof List<?> libraries) || libraries.isEmpty();
        Entry unplaced = new Entry(jar, text(facts, "sha256"), alone, List.of());
        List<Path> places = Stream.of(
                        Optional.of(run.resolve(unplaced.packed()).resolve(jar)),
                        Optional.of(text(facts, MovedPath.FROM_RUN))
                                .filter(path -> !path.isEmpty())
                                .map(run::resolve),
                        Optional.of(
                                MovedPath.of(record.text("working_directory")).resolve(then)))
                .flatMap(Optional::stream)
                .map(Path::normalize)
                .distinct()
                .toList();
        return new Entry(jar, unplaced.sha256(), alone, places);
    }

    /** Return the plugins to load, jars or folders of one with its libraries; those in ./plugins are found without. */
    static List<Path> found(RunRecord record) {
        List<Entry> entries = entries(record);
        if (entries.isEmpty()) {
            return List.of();
        }
        List<String> usual = PluginFinder.find(List.of()).stream()
                .map(PluginFiles::jar)
                .map(jar -> jar.getFileName().toString())
                .toList();
        return entries.stream()
                .filter(entry -> !usual.contains(entry.jar()))
                .flatMap(entry -> entry.locate().map(jar -> entry.alone() ? jar : jar.getParent()).stream())
                .toList();
    }

    /** Warn of plugins that are other builds than those of the run. */
    static void warnOfOthers(RunRecord record, Collection<LoadedPlugin> loaded, Context context) {
        for (Entry entry : entries(record)) {
            loaded.stream()
                    .filter(plugin ->
                            plugin.files().jar().getFileName().toString().equals(entry.jar()))
                    .filter(plugin -> !plugin.hash().equals(entry.sha256()))
                    .forEach(plugin -> context.warn("plugin " + plugin.files().jar()
                            + " is not the build that the run used: its SHA-256 was " + entry.sha256() + ", is now "
                            + plugin.hash()));
        }
    }

    /** Return the hash of the content of a jar. */
    static String hash(Path jar) {
        try {
            return Sha256.ofJar(jar);
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e)).inFile(jar.toString());
        }
    }

    private static String text(Map<?, ?> facts, String key) {
        return facts.get(key) instanceof String text ? text : "";
    }
}
