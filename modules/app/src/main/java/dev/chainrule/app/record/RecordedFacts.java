package dev.chainrule.app.record;

import dev.chainrule.engine.record.RunRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compare what the records of two runs say of their data, plugins, program and machine; what one does not say is empty. */
public final class RecordedFacts {
    /** What tells one program from another; all else under program are facts that must not matter. */
    private static final List<String> CODE = List.of("version", "commit", "jar_sha256");

    private RecordedFacts() {}

    /** Return the data that differ, by the part of the config that declares them. */
    public static List<Difference> data(RunRecord one, RunRecord other) {
        Set<String> names = new LinkedHashSet<>(one.keys("data"));
        names.addAll(other.keys("data"));
        List<Difference> differences = new ArrayList<>();
        for (String name : names) {
            add(name, one.text("data", name, "sha256"), other.text("data", name, "sha256"), differences);
        }
        return differences;
    }

    /** Return how what they started from differs. */
    public static List<Difference> start(RunRecord one, RunRecord other) {
        List<Difference> differences = new ArrayList<>();
        add("tensors", RecordedStart.hash(one), RecordedStart.hash(other), differences);
        add("file", one.text("start", "file"), other.text("start", "file"), differences);
        return differences;
    }

    /** Return the plugins that differ, by the names of their jars. */
    public static List<Difference> plugins(RunRecord one, RunRecord other) {
        Map<String, String> first = plugins(one);
        Map<String, String> second = plugins(other);
        Set<String> names = new LinkedHashSet<>(first.keySet());
        names.addAll(second.keySet());
        List<Difference> differences = new ArrayList<>();
        names.forEach(name -> add(name, first.getOrDefault(name, ""), second.getOrDefault(name, ""), differences));
        return differences;
    }

    /** Return what tells the programs apart. */
    public static List<Difference> program(RunRecord one, RunRecord other) {
        List<Difference> differences = new ArrayList<>();
        CODE.forEach(name -> add(name, one.text("program", name), other.text("program", name), differences));
        return differences;
    }

    /** Return how the machines differ: what must not matter. */
    public static List<Difference> machine(RunRecord one, RunRecord other) {
        Set<String> names = new LinkedHashSet<>(one.keys("program"));
        names.addAll(other.keys("program"));
        names.removeAll(CODE);
        List<Difference> differences = new ArrayList<>();
        names.forEach(name -> add(name, one.text("program", name), other.text("program", name), differences));
        return differences;
    }

    /** Return the hashes of all jars of each plugin by the name of its own jar. */
    private static Map<String, String> plugins(RunRecord record) {
        Map<String, String> plugins = new LinkedHashMap<>();
        for (Object item : record.items("plugins")) {
            Map<?, ?> plugin = (Map<?, ?>) item;
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

    private static void add(String name, String one, String other, List<Difference> differences) {
        if (!one.equals(other)) {
            differences.add(new Difference(name, one, other));
        }
    }
}
