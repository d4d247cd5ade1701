package dev.chainrule.app.load;

import dev.chainrule.api.error.InputException;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The data files of a config and the path of each.
 *
 * <p>A file is looked for in the folder of {@code --data-dir}; then, for a recorded run, near the run's directory and at the places
 * in its record; then beside the config. If several places have a file of that name, the one with the recorded SHA-256 is used,
 * else the first.
 */
public final class DataFiles {
    private final Path folder;
    private final Optional<Path> given;
    private final List<Path> near;
    private final Map<String, Recorded> recorded;
    private final Map<String, Path> found = new LinkedHashMap<>();
    private List<Read> read = List.of();

    /**
     * A file that a run read.
     *
     * @param sha256 {@code ""} if the record does not contain it
     * @param places where it may lie now, most likely first
     */
    public record Recorded(String sha256, List<Path> places) {}

    /**
     * A file that was located for a data source.
     *
     * @param name as the config writes it
     * @param sha256 of its bytes; {@code ""} for a folder, or if it cannot be read
     */
    public record Read(String name, Path path, String sha256) {}

    private DataFiles(Path folder, Optional<Path> given, List<Path> near, Map<String, Recorded> recorded) {
        this.folder = folder;
        this.given = given;
        this.near = near;
        this.recorded = recorded;
    }

    /** Return files that lie in the folder of the config. */
    public static DataFiles beside(Path folder) {
        return new DataFiles(folder, Optional.empty(), List.of(), Map.of());
    }

    /**
     * Return the files of a recorded run.
     *
     * @param folder the config's folder at that time
     * @param near folders of the run in which they may lie now
     * @param recorded the files by their names in the config
     */
    public static DataFiles ofRun(Path folder, List<Path> near, Map<String, Recorded> recorded) {
        return new DataFiles(folder, Optional.empty(), near, recorded);
    }

    /**
     * Return the same files, looked for in a folder first.
     *
     * @throws InputException if there is no such folder
     */
    public DataFiles lookingIn(Optional<Path> dataFolder) {
        dataFolder.filter(path -> !Files.isDirectory(path)).ifPresent(path -> {
            throw new InputException(
                    "--data-dir '" + path + "' is not a folder",
                    "Give the folder that contains the data files of the config.");
        });
        return new DataFiles(folder, dataFolder, near, recorded);
    }

    /** Return the folder to which the config's relative paths refer. */
    public Path folder() {
        return folder;
    }

    /** Return whether these are the files of a recorded run. */
    boolean isRecorded() {
        return !near.isEmpty();
    }

    /**
     * Return the path of a file.
     *
     * @param name as the config writes it
     * @throws InputException if it is at none of several places
     */
    public Path locate(String name) {
        List<Path> places = places(name);
        List<Path> existing = places.stream().filter(Files::exists).toList();
        if (existing.isEmpty() && places.size() > 1) {
            throw new InputException(
                    "there is no such file: '" + name + "'",
                    "Looked for " + list(places) + ".",
                    "Put it in one of these places, or give its folder with --data-dir DIR.");
        }
        String sha256 = recorded.containsKey(name) ? recorded.get(name).sha256() : "";
        Path path = existing.size() > 1 && !sha256.isEmpty()
                ? existing.stream()
                        .filter(place -> hash(place).equals(sha256))
                        .findFirst()
                        .orElse(existing.get(0))
                : existing.isEmpty() ? places.get(0) : existing.get(0);
        synchronized (this) {
            found.put(name, path);
        }
        return path;
    }

    /** Return the files located so far, hashed once. */
    public synchronized List<Read> read() {
        if (read.size() != found.size()) {
            List<Read> files = new ArrayList<>();
            found.forEach((name, path) -> files.add(new Read(name, path, hash(path))));
            read = List.copyOf(files);
        }
        return read;
    }

    /** Return, for each located file that differs from the one the run read, a sentence with the places that were searched. */
    public List<String> looked() {
        List<String> notes = new ArrayList<>();
        for (Read file : read()) {
            String sha256 = recorded.containsKey(file.name())
                    ? recorded.get(file.name()).sha256()
                    : "";
            if (sha256.equals(file.sha256())) {
                continue;
            }
            List<Path> others = places(file.name()).stream()
                    .filter(place -> !place.equals(file.path()))
                    .toList();
            notes.add("'" + file.name() + "' was read from " + file.path()
                    + (sha256.isEmpty() ? "" : ", which has SHA-256 " + file.sha256() + " instead of " + sha256)
                    + (others.isEmpty() ? "" : "; also looked for: " + list(others)) + ".");
        }
        return notes;
    }

    /** Return every place in which a file may lie, most likely first. */
    private List<Path> places(String name) {
        Set<Path> places = new LinkedHashSet<>();
        given.ifPresent(dir -> tails(name).forEach(tail -> places.add(dir.resolve(tail))));
        near.forEach(dir -> tails(name).forEach(tail -> places.add(dir.resolve(tail))));
        if (recorded.containsKey(name)) {
            places.addAll(recorded.get(name).places());
        }
        places.add(folder.resolve(name));
        return places.stream().map(Path::normalize).distinct().toList();
    }

    /**
     * Return the ends of a path that may follow a folder other than the config's. The file name alone counts only for a run, whose
     * record distinguishes files of the same name.
     */
    private Set<Path> tails(String name) {
        Path path = Path.of(name.replace('\\', '/'));
        Set<Path> tails = new LinkedHashSet<>();
        if (!path.isAbsolute()) {
            tails.add(withoutParents(path));
        } else if (path.startsWith(folder)) {
            tails.add(folder.relativize(path));
        }
        if (isRecorded() && path.getFileName() != null) {
            tails.add(path.getFileName());
        }
        return tails;
    }

    /** Return the end of a path under which a packed run stores the file. */
    public static Path tail(String name) {
        Path path = Path.of(name.replace('\\', '/'));
        return path.isAbsolute() ? path.getFileName() : withoutParents(path);
    }

    private static Path withoutParents(Path path) {
        Path normal = path.normalize();
        int parents = 0;
        while (parents < normal.getNameCount() - 1
                && normal.getName(parents).toString().equals("..")) {
            parents++;
        }
        return normal.subpath(parents, normal.getNameCount());
    }

    private static String list(List<Path> places) {
        return String.join(", ", places.stream().map(Path::toString).toList());
    }

    private static String hash(Path file) {
        try {
            return Files.isRegularFile(file) ? Sha256.of(file) : "";
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e)).inFile(file.toString());
        }
    }
}
