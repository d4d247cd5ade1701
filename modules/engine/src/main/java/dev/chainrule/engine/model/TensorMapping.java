package dev.chainrule.engine.model;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The mapping from the tensors of a file to those of a network if their names differ. Each name is that of a tensor, or that
 * of a layer, which means all its tensors.
 *
 * @param renamed names of the file to names of the network
 * @param fresh of the network: use their own initial values, whether the file has such a tensor or not
 * @param skipped of the file: not read
 */
public record TensorMapping(Map<String, String> renamed, List<String> fresh, List<String> skipped) {
    /**
     * Decide which tensor of a file becomes which of a network.
     *
     * @param file the names of its tensors
     * @param network the names of its tensors
     * @param wrong gets a sentence for everything without counterpart and rule. Modified.
     * @return names of the file by names of the network
     */
    SortedMap<String, String> match(Collection<String> file, Collection<String> network, List<String> wrong) {
        requireUse("--start-rename", renamed.keySet(), "the file", file, wrong);
        requireUse("--start-rename", renamed.values(), "the network", network, wrong);
        requireUse("--start-fresh", fresh, "the network", network, wrong);
        requireUse("--start-skip", skipped, "the file", file, wrong);
        SortedMap<String, String> sources = new TreeMap<>();
        if (!wrong.isEmpty()) {
            return sources; // after a wrong rule the rest would mislead
        }
        TreeSet<String> unexpected = new TreeSet<>();
        for (String name : new TreeSet<>(file)) {
            String target = target(name);
            if (isMeant(name, skipped) || isMeant(target, fresh)) {
                continue;
            }
            if (!network.contains(target)) {
                unexpected.add(name);
                continue;
            }
            String other = sources.put(target, name);
            if (other != null) {
                wrong.add(other + " and " + name + " of the file would both be " + target + ".");
            }
        }
        TreeSet<String> missing = new TreeSet<>(network);
        missing.removeIf(name -> sources.containsKey(name) || isMeant(name, fresh));
        if (!missing.isEmpty()) {
            wrong.add("The network has " + list(missing) + ", which the file lacks. Use --start-fresh "
                    + layers(missing, " --start-fresh ")
                    + " to initialise them, or --start-rename OLD=NEW if they have another name there.");
        }
        if (!unexpected.isEmpty()) {
            wrong.add("The file has " + list(unexpected) + ", which the network lacks. Use --start-skip "
                    + layers(unexpected, " --start-skip ")
                    + " to ignore them, or --start-rename OLD=NEW if they have another name here.");
        }
        if (wrong.isEmpty() && sources.isEmpty()) {
            wrong.add("Nothing would be loaded from the file.");
        }
        return sources;
    }

    private String target(String name) {
        for (Map.Entry<String, String> rule : renamed.entrySet()) {
            if (isMeant(name, List.of(rule.getKey()))) {
                return rule.getValue() + name.substring(rule.getKey().length());
            }
        }
        return name;
    }

    private static boolean isMeant(String name, Collection<String> rules) {
        return rules.stream().anyMatch(rule -> name.equals(rule) || name.startsWith(rule + "."));
    }

    private static void requireUse(
            String option, Collection<String> rules, String owner, Collection<String> names, List<String> wrong) {
        for (String rule : rules) {
            if (names.stream().noneMatch(name -> isMeant(name, List.of(rule)))) {
                wrong.add(
                        option + " names " + rule + ", which " + owner + " lacks. It has " + layers(names, ", ") + ".");
            }
        }
    }

    /** Return the layers of the names. */
    private static String layers(Collection<String> names, String between) {
        TreeSet<String> layers = new TreeSet<>();
        names.forEach(name -> layers.add(name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name));
        return String.join(between, layers);
    }

    private static String list(TreeSet<String> names) {
        return String.join(", ", names);
    }
}
