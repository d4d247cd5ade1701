package dev.chainrule.builtin.data.picture;

import dev.chainrule.api.error.InputException;
import dev.chainrule.builtin.data.Names;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The search for pictures in a folder that has a folder for each class.
 *
 * <p>Classes are in the order of their names, pictures in that of their paths below the class, which may have folders of its own:
 * by code point, of names in normal form C, so that neither the locale nor the file system matters. A picture is a file whose
 * name ends like one. Names that begin with a point are skipped. Symbolic links are followed.
 */
final class PictureFolder {
    private static final List<String> ENDINGS = List.of(
            "png", "jpg", "jpeg", "jpe", "jfif", "gif", "bmp", "tif", "tiff", "webp", "heic", "heif", "avif", "jp2",
            "jxl");
    private static final List<String> SYSTEM_FILES = List.of("thumbs.db", "desktop.ini");
    private static final int SHOWN = 3;

    private final Path folder;
    private final List<String> others = new ArrayList<>();

    private PictureFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Find the pictures.
     *
     * @param labelled whether each needs a class
     * @param trained the classes of the training examples, if these are others
     */
    static PictureSet read(Path folder, boolean labelled, Optional<List<String>> trained) {
        return new PictureFolder(folder).read(labelled, trained);
    }

    private PictureSet read(boolean labelled, Optional<List<String>> trained) {
        requireFolder();
        Map<String, Path> loose = pictures(folder, 1);
        Map<String, Path> classFolders = classFolders();
        if (labelled) {
            requireClasses(loose, classFolders);
        }
        List<Path> files = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        add("", loose, files, names);
        List<String> found = Names.sorted(classFolders.keySet());
        List<String> classes = trained.orElse(found);
        for (String name : found) {
            Map<String, Path> pictures = pictures(classFolders.get(name), Integer.MAX_VALUE);
            int label = classes.indexOf(name);
            if (labelled && trained.isEmpty() && pictures.isEmpty()) {
                throw new InputException(
                                "the folder of the class '" + name + "' has no pictures",
                                "Add pictures, or delete the folder: each folder is a class.")
                        .inFile(classFolders.get(name).toString());
            }
            if (labelled && label < 0 && !pictures.isEmpty()) {
                throw new InputException(
                                "the folder '" + name + "' is not a class of the training examples",
                                "Classes: " + Names.list(classes) + ".")
                        .inFile(classFolders.get(name).toString());
            }
            add(name + "/", pictures, files, names);
            pictures.keySet().forEach(picture -> labels.add(label));
        }
        if (files.isEmpty()) {
            throw new InputException(
                            "there are no pictures in the folder",
                            "Pictures end in .png, .jpg, .jpeg, .gif, .bmp, .tif or .tiff." + otherFiles(" Found: "))
                    .inFile(folder.toString());
        }
        return new PictureSet(
                files,
                names,
                Collections.emptySortedMap(),
                labelled
                        ? Optional.of(
                                labels.stream().mapToInt(Integer::intValue).toArray())
                        : Optional.empty(),
                classes,
                others.isEmpty()
                        ? List.of()
                        : List.of(otherFiles("files that do not end like pictures are ignored: ")));
    }

    private void requireFolder() {
        if (!Files.exists(folder)) {
            throw new InputException(
                            "there is no such folder",
                            folder.isAbsolute()
                                    ? "It must contain a folder of pictures for each class."
                                    : "Looked for " + folder.toAbsolutePath().normalize() + ".")
                    .inFile(folder.toString());
        }
        if (!Files.isDirectory(folder)) {
            throw new InputException(
                            "is a file; a folder that contains a folder of pictures for each class is required",
                            "For a table of paths and labels, write table: instead of folder:.")
                    .inFile(folder.toString());
        }
    }

    private void requireClasses(Map<String, Path> loose, Map<String, Path> classFolders) {
        if (!loose.isEmpty()) {
            String first = Names.sorted(loose.keySet()).get(0);
            throw new InputException(
                            classFolders.isEmpty()
                                    ? "the folder has pictures, such as '" + first + "', but no folder for each class"
                                    : "the picture '" + first + "' is not in the folder of a class",
                            "Move it to a folder with the name of its class, or write a table of paths and labels, "
                                    + "and give it with table:.")
                    .inFile(folder.toString());
        }
    }

    private Map<String, Path> classFolders() {
        Map<String, Path> folders = new TreeMap<>();
        for (Path path : below(folder, 1)) {
            String name = normal(path.getFileName().toString());
            if (Files.isDirectory(path) && !name.startsWith(".")) {
                Path other = folders.putIfAbsent(name, path);
                if (other != null) {
                    throw new InputException("two folders have the name '" + name + "' in normal form C")
                            .inFile(folder.toString());
                }
            }
        }
        return folders;
    }

    /** Return the pictures in a folder by their paths below it, with slashes. */
    private Map<String, Path> pictures(Path top, int depth) {
        Map<String, Path> pictures = new TreeMap<>();
        for (Path path : below(top, depth)) {
            Path relative = top.relativize(path);
            if (Files.isDirectory(path) || isHidden(relative)) {
                continue;
            }
            String name = normal(relative.toString().replace('\\', '/'));
            String lower = name.toLowerCase(Locale.ROOT);
            if (ENDINGS.contains(lower.substring(lower.lastIndexOf('.') + 1))) {
                pictures.put(pictures.containsKey(name) ? relative.toString() : name, path);
            } else if (!SYSTEM_FILES.contains(lower.substring(lower.lastIndexOf('/') + 1))) {
                others.add(normal(folder.relativize(path).toString().replace('\\', '/')));
            }
        }
        return pictures;
    }

    private static boolean isHidden(Path relative) {
        return IntStream.range(0, relative.getNameCount())
                .anyMatch(i -> relative.getName(i).toString().startsWith("."));
    }

    private static List<Path> below(Path top, int depth) {
        try (Stream<Path> walk = Files.walk(top, depth, FileVisitOption.FOLLOW_LINKS)) {
            return walk.filter(path -> !path.equals(top)).toList();
        } catch (IOException e) {
            throw unreadable(top, e);
        } catch (UncheckedIOException e) {
            throw unreadable(top, e.getCause());
        }
    }

    private static InputException unreadable(Path top, IOException e) {
        if (e instanceof FileSystemLoopException) {
            return new InputException("a symbolic link leads to a folder that contains it", "Delete the link.")
                    .inFile(e.getMessage());
        }
        return new InputException(
                        "the folder cannot be read: "
                                + (e instanceof AccessDeniedException ? "permission denied" : e.getMessage()),
                        "Make it readable.")
                .inFile(top.toString());
    }

    private static void add(String prefix, Map<String, Path> pictures, List<Path> files, List<String> names) {
        for (String name : Names.sorted(pictures.keySet())) {
            files.add(pictures.get(name));
            names.add(prefix + name);
        }
    }

    private String otherFiles(String before) {
        if (others.isEmpty()) {
            return "";
        }
        List<String> sorted = Names.sorted(others);
        String more = sorted.size() > SHOWN ? ", … (" + sorted.size() + " in all)" : "";
        return before + String.join(", ", sorted.subList(0, Math.min(SHOWN, sorted.size()))) + more;
    }

    private static String normal(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }
}
