package dev.chainrule.app.command;

import dev.chainrule.api.error.InputException;
import dev.chainrule.engine.files.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** The files given as arguments, including patterns that no shell has expanded. */
final class Globs {
    private static final String SPECIAL = ".*[*?{\\[].*";
    private static final String ANY_FOLDERS = "**/";

    private Globs() {}

    /**
     * Return the files in the order of the arguments, those of a pattern sorted, each once.
     *
     * @throws InputException if a pattern matches none
     */
    static List<Path> expand(List<String> arguments) {
        Set<Path> files = new LinkedHashSet<>();
        for (String argument : arguments) {
            if (!argument.matches(SPECIAL) || Files.exists(Path.of(argument))) {
                files.add(Path.of(argument));
                continue;
            }
            List<Path> matching = matching(argument);
            if (matching.isEmpty()) {
                throw new InputException(
                        "no file matches '" + argument + "'",
                        "Looked in " + base(argument).toAbsolutePath().normalize() + ".");
            }
            files.addAll(matching);
        }
        return List.copyOf(files);
    }

    private static List<Path> matching(String pattern) {
        Path base = base(pattern);
        if (!Files.isDirectory(base)) {
            return List.of();
        }
        // To the matcher, **/ means at least one folder; to everybody else it includes none.
        List<PathMatcher> matchers = Stream.of(pattern, pattern.replace(ANY_FOLDERS, ""))
                .distinct()
                .map(Globs::matcher)
                .toList();
        int depth = pattern.contains("**")
                ? Integer.MAX_VALUE
                : pattern.split("/").length - (base.toString().isEmpty() ? 0 : base.getNameCount());
        try (Stream<Path> found = Files.walk(base, Math.max(1, depth), FileVisitOption.FOLLOW_LINKS)) {
            return found.filter(file -> matchers.stream().anyMatch(matcher -> matcher.matches(file)))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (UncheckedIOException | IOException e) {
            IOException io = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : (IOException) e;
            throw new InputException("'" + base + "' cannot be read: " + AtomicFiles.reason(io));
        }
    }

    private static PathMatcher matcher(String pattern) {
        try {
            return Path.of("").getFileSystem().getPathMatcher("glob:" + pattern);
        } catch (PatternSyntaxException e) {
            throw new InputException(
                    "'" + pattern + "' is not a valid pattern: " + e.getDescription(),
                    "* matches any characters, ** also folders, ? one character; [ab] and {one,two} match alternatives.");
        }
    }

    /** Return the folder above the first name that contains a pattern. */
    private static Path base(String pattern) {
        int special = 0;
        while (!pattern.substring(0, special + 1).matches(SPECIAL)) {
            special++;
        }
        int slash = pattern.lastIndexOf('/', special);
        return Path.of(slash == 0 ? "/" : pattern.substring(0, Math.max(0, slash)));
    }
}
