package dev.chainrule.engine.files;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;

/** The content of a folder, listed and deleted while other processes may write there and delete their temporary files. */
public final class FolderWalk {
    private FolderWalk() {}

    /**
     * Return the paths in a folder and its folders, sorted, the folder itself first; without those that are deleted during the
     * walk.
     *
     * @param depth of folders to look into
     * @param links whether to look into folders that links lead to
     */
    public static List<Path> paths(Path folder, int depth, boolean links) throws IOException {
        EnumSet<FileVisitOption> options =
                links ? EnumSet.of(FileVisitOption.FOLLOW_LINKS) : EnumSet.noneOf(FileVisitOption.class);
        List<Path> paths = new ArrayList<>();
        Files.walkFileTree(folder, options, depth, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path found, BasicFileAttributes attributes) {
                paths.add(found);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path found, BasicFileAttributes attributes) {
                paths.add(found);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path failed, IOException e) throws IOException {
                if (e instanceof NoSuchFileException && !failed.equals(folder)) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        paths.sort(null);
        return paths;
    }

    /** Delete a file, or a folder with all that is in it; of a link, only the link. */
    public static void delete(Path folder) throws IOException {
        List<Path> paths = paths(folder, Integer.MAX_VALUE, false);
        Collections.reverse(paths);
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
