package dev.chainrule.app.compare;

import dev.chainrule.app.record.Difference;
import dev.chainrule.app.record.RecordedWarmStart;
import dev.chainrule.engine.record.RunRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The differences between the records of two runs: data, plugins, program, machine, and the facts that training gives. */
final class RecordDiff {
    /** The facts that distinguish programs; all others under program must not matter. */
    private static final List<String> CODE = List.of("version", "commit", "jar_sha256");

    private static final String ABSENT = "absent";
    /**
     * How the config was put together, which the resolved one does not show; facts that are compared elsewhere, such as data by content; the
     * file that a run started from, of which it keeps a copy.
     */
    private static final Pattern NOT_RETRAINED =
            Pattern.compile("/(config/(set|environment|bases)|program|plugins|files|seal|start/(tensors|skipped))/.+"
                    + "|/data/[^/]+/(sha256|files_sha256)|/start/(sha256|tensors|skipped|rounded)|/resumed(/.*)?");

    private static final Pattern RESULT = Pattern.compile("/(state|exit|result)(/.*)?");

    private RecordDiff() {}

    /** Return the data that differ, by the part of the config that declares them. */
    static List<Difference> data(RunRecord one, RunRecord other) {
        Set<String> names = new LinkedHashSet<>(one.keys("data"));
        names.addAll(other.keys("data"));
        List<Difference> differences = new ArrayList<>();
        for (String name : names) {
            add(name, text(one, "data", name, "sha256"), text(other, "data", name, "sha256"), differences);
        }
        return differences;
    }

    /**
     * Return the facts that retraining produces and that differ; whatever is not named here, it does produce.
     *
     * @param result whether the run came to its own end, as its retraining does
     */
    static List<Difference> retrained(RunRecord record, RunRecord now, boolean result) {
        Set<String> pointers = new TreeSet<>(record.facts().keySet());
        pointers.addAll(now.facts().keySet());
        List<Difference> differences = new ArrayList<>();
        for (String pointer : pointers) {
            if (!NOT_RETRAINED.matcher(pointer).matches()
                    && (result || !RESULT.matcher(pointer).matches())) {
                add(
                        pointer.replaceFirst("^/", "")
                                .replace("/", ".")
                                .replace("~1", "/")
                                .replace("~0", "~"),
                        Optional.ofNullable(record.facts().get(pointer)),
                        Optional.ofNullable(now.facts().get(pointer)),
                        differences);
            }
        }
        add("files", Optional.of(names(record)), Optional.of(names(now)), differences);
        differences.addAll(pluginFacts(record, now));
        return differences;
    }

    /** Return the data files by the names that the config has; by their content, the data decide. */
    private static String names(RunRecord record) {
        return record.items("files").stream()
                .map(item -> item instanceof Map<?, ?> file ? String.valueOf(file.get("name")) : ABSENT)
                .toList()
                .toString();
    }

    /** Return how the same build of a plugin is described otherwise. */
    private static List<Difference> pluginFacts(RunRecord record, RunRecord now) {
        List<Difference> differences = new ArrayList<>();
        record.items("plugins").stream()
                .filter(item -> !(item instanceof Map))
                .forEach(item -> differences.add(
                        new Difference("plugins", Optional.of(String.valueOf(item)), Optional.empty())));
        for (Map<?, ?> then : record.maps("plugins")) {
            now.maps("plugins").stream()
                    .filter(other -> Objects.equals(other.get("sha256"), then.get("sha256")))
                    .findFirst()
                    .ifPresent(same -> List.of("name", "version", "components")
                            .forEach(fact -> add(
                                    "plugins." + same.get("name") + "." + fact,
                                    Optional.of(String.valueOf(then.get(fact))),
                                    Optional.of(String.valueOf(same.get(fact))),
                                    differences)));
        }
        return differences;
    }

    /** Return the differences of their initial tensors. */
    static List<Difference> start(RunRecord one, RunRecord other) {
        List<Difference> differences = new ArrayList<>();
        add(
                "tensors",
                Optional.of(RecordedWarmStart.hash(one)).filter(hash -> !hash.isEmpty()),
                Optional.of(RecordedWarmStart.hash(other)).filter(hash -> !hash.isEmpty()),
                differences);
        add("file", text(one, "start", "file"), text(other, "start", "file"), differences);
        return differences;
    }

    /** Return the plugins that differ, by the names of their jars. */
    static List<Difference> plugins(RunRecord one, RunRecord other) {
        Map<String, String> first = plugins(one);
        Map<String, String> second = plugins(other);
        Set<String> names = new LinkedHashSet<>(first.keySet());
        names.addAll(second.keySet());
        List<Difference> differences = new ArrayList<>();
        names.forEach(name ->
                add(name, Optional.ofNullable(first.get(name)), Optional.ofNullable(second.get(name)), differences));
        return differences;
    }

    /** Return the differences of the programs. */
    static List<Difference> program(RunRecord one, RunRecord other) {
        List<Difference> differences = new ArrayList<>();
        CODE.forEach(name -> add(name, text(one, "program", name), text(other, "program", name), differences));
        return differences;
    }

    /** Return the differences of the machines, which must not matter. */
    static List<Difference> machine(RunRecord one, RunRecord other) {
        Set<String> names = new LinkedHashSet<>(one.keys("program"));
        names.addAll(other.keys("program"));
        names.removeAll(CODE);
        List<Difference> differences = new ArrayList<>();
        names.forEach(name -> add(name, text(one, "program", name), text(other, "program", name), differences));
        return differences;
    }

    /** Return the hashes of all jars of each plugin by the name of its own jar. */
    private static Map<String, String> plugins(RunRecord record) {
        Map<String, String> plugins = new LinkedHashMap<>();
        for (Map<?, ?> plugin : record.maps("plugins")) {
            StringBuilder hashes = new StringBuilder(String.valueOf(plugin.get("sha256")));
            if (plugin.get("libraries") instanceof List<?> libraries) {
                libraries.forEach(library ->
                        hashes.append(' ').append(library instanceof Map<?, ?> facts ? facts.get("sha256") : library));
            }
            Path jar = Path.of(String.valueOf(plugin.get("jar")));
            plugins.put(jar.getFileName().toString(), hashes.toString());
        }
        return plugins;
    }

    private static Optional<String> text(RunRecord record, String... path) {
        return Optional.of(record.text(path)).filter(text -> !text.isEmpty());
    }

    private static void add(String name, Optional<String> one, Optional<String> other, List<Difference> differences) {
        if (!one.equals(other)) {
            differences.add(new Difference(name, one, other));
        }
    }
}
