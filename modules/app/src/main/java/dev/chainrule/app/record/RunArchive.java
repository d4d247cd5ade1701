package dev.chainrule.app.record;

import dev.chainrule.api.error.InputException;
import dev.chainrule.app.load.DataFiles;
import dev.chainrule.app.shell.Context;
import dev.chainrule.config.plugin.PluginFiles;
import dev.chainrule.config.plugin.PluginFinder;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.FolderLock;
import dev.chainrule.engine.files.Sha256;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A run packed into a zip archive with its directory, data and plugins, so that it is verified with nothing else.
 *
 * <p>The same run gives the same bytes, on any machine: see {@link StoredZip}.
 */
public final class RunArchive {
    private static final int HASH_DIGITS = 8;

    private final RunRecord record;
    private final SortedMap<String, Path> entries = new TreeMap<>();

    private RunArchive(RunRecord record) {
        this.record = record;
    }

    /**
     * Collect the files of a run.
     *
     * @throws InputException if it is still running
     */
    public static RunArchive of(RunRecord record) {
        if (FolderLock.isHeld(record.directory().path())) {
            throw new InputException(
                    "run " + record.directory().path() + " is still running", "Pack it after it has ended.");
        }
        RunArchive archive = new RunArchive(record);
        Path run = record.directory().path();
        for (Path file : files(run)) {
            String name = file.getFileName().toString();
            if (!name.equals(FolderLock.FILE) && !name.endsWith(AtomicFiles.BESIDE)) {
                archive.put(run.relativize(file), file);
            }
        }
        return archive;
    }

    /** Return the name of the run's folder in the archive, which does not depend on where the run is. */
    public String name() {
        String started = record.text("started").replaceAll("\\..*", "").replaceAll("[^0-9T]", "");
        String hash = record.text("config", "hash");
        return record.text("name") + "-" + started.replace('T', '-') + "-"
                + hash.substring(0, Math.min(HASH_DIGITS, hash.length()));
    }

    /**
     * Add the data files.
     *
     * @param dataFolder where they are looked for first
     * @return their names
     * @throws InputException if one is gone or another one now
     */
    public List<String> addData(Optional<Path> dataFolder, Context context) {
        DataFiles files = new RecordedConfig(record, context).files().lookingIn(dataFolder);
        List<RecordedFiles.Entry> recorded = RecordedFiles.entries(record);
        for (RecordedFiles.Entry entry : recorded) {
            Path file = files.locate(entry.name());
            if (Files.isDirectory(file)) {
                files(file).forEach(one -> put(data(entry).resolve(file.relativize(one)), one));
                continue;
            }
            if (!hash(file).equals(entry.sha256())) {
                throw new InputException(
                        "'" + entry.name() + "' is not the file that the run read",
                        Stream.concat(
                                        files.looked().stream(),
                                        Stream.of("Give its folder with --data-dir DIR, or pack the run with "
                                                + "--without-data."))
                                .toArray(String[]::new));
            }
            Path place = data(entry);
            put(
                    entries.containsKey(entryName(place))
                            ? Path.of(RecordedFiles.DATA).resolve(entry.apart())
                            : place,
                    file);
        }
        return recorded.stream().map(RecordedFiles.Entry::name).toList();
    }

    /**
     * Add the plugins' jars.
     *
     * @param named those that the user names; else they are looked for where the record says
     * @return the names of the jars
     * @throws InputException if one is gone or another build now
     */
    public List<String> addPlugins(List<Path> named) {
        List<PluginFiles> given =
                named.stream().flatMap(path -> PluginFinder.at(path).stream()).toList();
        List<RecordedPlugins.Entry> recorded = RecordedPlugins.entries(record);
        for (RecordedPlugins.Entry entry : recorded) {
            Path jar = given.stream()
                    .map(PluginFiles::jar)
                    .filter(path -> path.getFileName().toString().equals(entry.jar()))
                    .findFirst()
                    .or(entry::locate)
                    .orElseThrow(() -> new InputException(
                            "plugin '" + entry.jar() + "' of the run is missing", "Give its location with --plugins."));
            if (!RecordedPlugins.hash(jar).equals(entry.sha256())) {
                throw new InputException(
                        "plugin '" + jar + "' is not the one of the run",
                        "Its SHA-256 was " + entry.sha256() + ", is now " + RecordedPlugins.hash(jar) + ".",
                        "Give the right one with --plugins.");
            }
            Stream<Path> all = entry.alone() ? Stream.of(jar) : files(jar.getParent()).stream();
            all.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .forEach(file -> put(entry.packed().resolve(file.getFileName()), file));
        }
        return recorded.stream().map(RecordedPlugins.Entry::jar).toList();
    }

    /**
     * Write the archive.
     *
     * @throws InputException if there is a file of that name already
     */
    public void write(Path target) {
        if (Files.exists(target)) {
            throw new InputException(
                    "'" + target + "' exists already", "Choose another name with --output; nothing is overwritten.");
        }
        StoredZip.write(target, name(), entries);
    }

    /**
     * Unpack a run.
     *
     * @param folder in which its directory appears, whole or not at all
     * @param say receives a line about the remains of an earlier unpacking that did not come to its end
     * @throws InputException if the archive is damaged, contains no run, or must not be trusted
     */
    public static RunDirectory unpack(Path archive, Path folder, Consumer<String> say) {
        if (!PackedRun.isArchive(archive)) {
            throw new InputException(
                    "'" + archive + "' is not a packed run" + (Files.exists(archive) ? "" : ": it does not exist"),
                    "Give a zip file written by archive RUN.");
        }
        return PackedRun.unpackWhole(archive, folder, say);
    }

    private static Path data(RecordedFiles.Entry entry) {
        return Path.of(RecordedFiles.DATA).resolve(entry.place());
    }

    private void put(Path place, Path file) {
        entries.put(entryName(place), file);
    }

    private static String entryName(Path place) {
        return place.toString().replace('\\', '/');
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw new InputException("cannot look into " + folder + ": "
                    + AtomicFiles.reason(e instanceof UncheckedIOException walk ? walk.getCause() : (IOException) e));
        }
    }

    private static String hash(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e)).inFile(file.toString());
        }
    }
}
