package dev.chainrule.builtin.data.published;

import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.error.InputException;
import dev.chainrule.table.cache.CacheFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The search for the files of a published data set: in the folder specified in the config, in that of an environment variable,
 * in data/NAME, and in NAME within the user's cache. Nothing is downloaded.
 *
 * @param title of the data set, for messages
 * @param name of the folder: {@code cifar10}
 * @param variable the environment variable
 * @param subfolder the folder within these that the published archive creates; {@code ""} if there is none
 */
record PublishedFiles(String title, String name, String variable, String subfolder) {
    /**
     * The files, all in one folder.
     *
     * @param origin of the folder in words, without a path of this machine: {@code CIFAR10_DIR}
     */
    record Found(String origin, List<Path> files) {}

    /**
     * Find all files in the first folder that has the first of them.
     *
     * @param part of the data set, for messages
     * @param names for each file, the names that it may have
     * @throws InputException with the places that were searched, if a file is missing
     */
    Found find(String part, DataContext context, Optional<String> directory, List<List<String>> names) {
        List<String> looked = new ArrayList<>();
        for (Map.Entry<String, Path> place : places(context, directory, looked).entrySet()) {
            for (Path folder : List.of(place.getValue(), place.getValue().resolve(subfolder))) {
                if (file(folder, names.get(0)).isPresent()) {
                    return new Found(place.getKey(), all(folder, names));
                }
            }
            looked.add(place.getKey() + ": " + place.getValue()
                    + (Files.isDirectory(place.getValue())
                            ? " has no " + names.get(0).get(0)
                            : " is not a folder"));
        }
        List<String> notes = new ArrayList<>();
        notes.add("Looked in these places:");
        looked.forEach(place -> notes.add("  " + place));
        notes.add("Put the files into a folder and give it with directory: or the environment variable " + variable
                + ".");
        throw new InputException(title + " " + part + " is not available", notes.toArray(String[]::new));
    }

    private Map<String, Path> places(DataContext context, Optional<String> directory, List<String> looked) {
        Map<String, Path> places = new LinkedHashMap<>();
        directory.ifPresent(folder -> places.put("directory", context.resolve(folder)));
        Optional<String> given = context.environment(variable);
        if (given.isPresent()) {
            places.put(variable, Path.of(given.get()));
        } else {
            looked.add(variable + ": not set");
        }
        places.put("data/" + name, Path.of("data", name));
        places.put("cache", CacheFolder.of(context::environment).resolve(name));
        return places;
    }

    private List<Path> all(Path folder, List<List<String>> names) {
        List<Path> files = new ArrayList<>();
        for (List<String> each : names) {
            files.add(file(folder, each)
                    .orElseThrow(() -> new InputException(
                                    "the folder has " + names.get(0).get(0) + ", but no " + each.get(0),
                                    "Put all files of " + title + " into it.")
                            .inFile(folder.toString())));
        }
        return files;
    }

    private static Optional<Path> file(Path folder, List<String> names) {
        return names.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
    }
}
