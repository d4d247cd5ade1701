package dev.chainrule.config.compose;

import dev.chainrule.config.Mark;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.config.Source;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.node.ConfigReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A config and the bases that it {@code extends}, merged. */
final class Bases {
    private static final String KEY = Composition.EXTENDS;
    private static final int DEEPEST = 16;
    /** A limit, since lists of bases that themselves have lists of bases multiply. */
    private static final int MOST_READ = 100;

    private final Problems problems;
    private final List<Path> open = new ArrayList<>();
    private final Map<Source, Path> files = new LinkedHashMap<>();
    private final List<Path> bases = new ArrayList<>();
    private final Map<Path, byte[]> contents = new LinkedHashMap<>();
    private final Map<Path, byte[]> kept;
    private int read;
    private boolean isIncomplete;

    /**
     * Create a reader.
     *
     * @param kept the contents of files that may no longer exist, by absolute path; all others are read
     */
    Bases(Map<Path, byte[]> kept, Problems problems) {
        this.kept = kept;
        this.problems = problems;
    }

    /** Return the contents of each file, by absolute path, in the order in which they were read. */
    Map<Path, byte[]> contents() {
        return contents;
    }

    /** Return whether a file could not be read, so that it may contain what seems to be missing. */
    boolean isIncomplete() {
        return isIncomplete;
    }

    /** Return the file that each source was read from. */
    Map<Source, Path> files() {
        return files;
    }

    /** Return the bases, each once, in the order in which they were read. */
    List<Path> bases() {
        return bases;
    }

    /** Read a config with its bases; empty if it cannot be read. */
    Optional<ConfigNode> read(Path file) {
        byte[] old = kept.get(identity(file));
        Optional<byte[]> content = old == null ? ConfigReader.bytes(file, problems) : Optional.of(old);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        contents.put(identity(file), content.get());
        Optional<ConfigNode> node = ConfigReader.read(file.toString(), content.get(), problems);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        files.put(node.get().mark().source(), file);
        open.add(identity(file));
        ConfigNode merged = node.get() instanceof ConfigNode.Mapping own ? withBases(file, own) : node.get();
        open.remove(open.size() - 1);
        return Optional.of(merged);
    }

    private ConfigNode.Mapping withBases(Path file, ConfigNode.Mapping own) {
        Optional<ConfigNode.Entry> named = own.find(KEY);
        ConfigNode.Mapping rest = Merge.without(own, KEY);
        if (named.isEmpty()) {
            return own;
        }
        List<ConfigNode.Scalar> names = names(named.get());
        ConfigNode.Mapping below = new ConfigNode.Mapping(List.of(), own.mark());
        for (ConfigNode.Scalar name : names) {
            Optional<ConfigNode.Mapping> base = base(file, name);
            if (base.isPresent()) {
                below = Merge.merge(below, base.get());
            }
        }
        return Merge.merge(below, rest);
    }

    private List<ConfigNode.Scalar> names(ConfigNode.Entry entry) {
        List<ConfigNode> items =
                entry.value() instanceof ConfigNode.Sequence list ? list.items() : List.of(entry.value());
        List<ConfigNode.Scalar> names = new ArrayList<>();
        for (ConfigNode item : items) {
            if (item instanceof ConfigNode.Scalar name
                    && !name.isNull()
                    && !name.text().isBlank()) {
                names.add(name);
            } else {
                Mark mark = Merge.isNull(item) ? entry.keyMark() : item.mark();
                report(
                        mark,
                        item.described() + " where the name of a config is required",
                        "Write extends: base.yaml, or a list of names.");
            }
        }
        if (items.isEmpty()) {
            report(entry.keyMark(), "this list is empty", "Write extends: base.yaml, or remove the key.");
        }
        return names;
    }

    private Optional<ConfigNode.Mapping> base(Path file, ConfigNode.Scalar name) {
        if (name.text().contains("${")) {
            report(
                    name.mark(),
                    "extends takes a literal name, without ${…}",
                    "Bases are read before references are resolved.");
            return Optional.empty();
        }
        Path path;
        try {
            path = file.resolveSibling(name.text()).normalize();
        } catch (InvalidPathException e) {
            report(name.mark(), "'" + name.text() + "' is not a valid file name", "Write a path such as base.yaml.");
            return Optional.empty();
        }
        int first = open.indexOf(identity(path));
        if (first >= 0) {
            report(name.mark(), "this config extends itself: " + chain(first, path), "Remove one of the links.");
            return Optional.empty();
        }
        if (open.size() > DEEPEST) {
            report(
                    name.mark(),
                    "more than " + DEEPEST + " configs in one chain of extends: " + chain(0, path),
                    "Merge some of them into one.");
            return Optional.empty();
        }
        if (++read > MOST_READ) {
            if (read == MOST_READ + 1) {
                report(
                        name.mark(),
                        "more than " + MOST_READ + " bases are read for one config",
                        "Merge some of them into one.");
            }
            return Optional.empty();
        }
        return read(path, name);
    }

    private Optional<ConfigNode.Mapping> read(Path path, ConfigNode.Scalar name) {
        if (!kept.containsKey(identity(path)) && !Files.exists(path)) {
            String folder = path.toAbsolutePath().getParent().toString();
            report(
                    name.mark(),
                    "there is no file '" + path + "'",
                    "Looked in " + folder + ": the path of a base is relative to the config that extends it.");
            return Optional.empty();
        }
        if (Files.isDirectory(path)) {
            report(name.mark(), "'" + path + "' is a directory, not a file", "Give a file in it.");
            return Optional.empty();
        }
        Problems found = new Problems();
        Bases inner = new Bases(kept, found);
        inner.open.addAll(open);
        inner.read = read;
        Optional<ConfigNode> node = inner.read(path);
        read = inner.read;
        isIncomplete |= inner.isIncomplete || node.isEmpty();
        files.putAll(inner.files);
        contents.putAll(inner.contents);
        List.of(List.of(path), inner.bases)
                .forEach(some ->
                        some.stream().filter(base -> !bases.contains(base)).forEach(bases::add));
        found.sorted().forEach(problem -> problems.add(placed(problem, name)));
        if (node.isPresent() && !(node.get() instanceof ConfigNode.Mapping)) {
            report(
                    node.get().mark(),
                    node.get().described() + " where keys and values are required",
                    "A base is a config like any other.");
        }
        return node.filter(ConfigNode.Mapping.class::isInstance).map(ConfigNode.Mapping.class::cast);
    }

    /** Return a problem of a whole file with the place that requested the file. */
    private static Problem placed(Problem problem, ConfigNode.Scalar name) {
        return problem.mark().isPresent()
                ? problem
                : new Problem(
                        problem.severity(),
                        Optional.of(name.mark()),
                        KEY,
                        problem.message(),
                        problem.notes(),
                        problem.cause());
    }

    private String chain(int from, Path last) {
        List<Path> links = new ArrayList<>(open.subList(from, open.size()));
        links.add(identity(last));
        return links.stream().map(link -> link.getFileName().toString()).collect(Collectors.joining(" → "));
    }

    private void report(Mark mark, String message, String note) {
        isIncomplete = true;
        problems.add(Problem.error(mark, KEY, message, List.of(note)));
    }

    /** Return the path that identifies a file, whichever way it was written. */
    static Path identity(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
