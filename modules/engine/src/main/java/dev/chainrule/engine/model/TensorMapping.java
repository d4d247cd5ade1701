package dev.chainrule.engine.model;

import dev.chainrule.api.error.Suggestion;
import dev.chainrule.engine.experiment.Start;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * @param declared the start that a config declares; empty if options give the mapping
 */
public record TensorMapping(
        Map<String, String> renamed, List<String> fresh, List<String> skipped, Optional<Start> declared) {
    private static final String CHOOSE = "List the layers to take under start.layers.";

    /**
     * Create the mapping that options give.
     *
     * @param renamed names of the file to names of the network
     * @param fresh of the network
     * @param skipped of the file
     */
    public TensorMapping(Map<String, String> renamed, List<String> fresh, List<String> skipped) {
        this(renamed, fresh, skipped, Optional.empty());
    }

    /** Return the mapping that a config gives: of its layers, or of all tensors, each of which keeps its name. */
    public static TensorMapping of(Start start) {
        return new TensorMapping(Map.of(), List.of(), List.of(), Optional.of(start));
    }

    /**
     * Decide which tensor of a file becomes which of a network.
     *
     * @param file the names of its tensors
     * @param network the names of its tensors
     * @param wrong gets a sentence for everything without counterpart and rule. Modified.
     * @return names of the file by names of the network
     */
    SortedMap<String, String> match(Collection<String> file, Collection<String> network, List<String> wrong) {
        List<String> layers = declared.flatMap(Start::layers).orElse(List.of());
        requireUse("layers", layers, "the network", network, wrong);
        requireUse("layers", layers, "the file", file, wrong);
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
            if (isMeant(name, skipped) || isMeant(target, fresh) || isLeftOut(name)) {
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
        missing.removeIf(name -> sources.containsKey(name) || isMeant(name, fresh) || isLeftOut(name));
        if (!missing.isEmpty()) {
            wrong.add(
                    "The network has " + list(missing) + ", which the file lacks. "
                            + (declared.isPresent()
                                    ? CHOOSE
                                    : "Use --start-fresh " + layers(missing, " --start-fresh ")
                                            + " to initialise them, or --start-rename OLD=NEW if they have another name there."));
        }
        if (!unexpected.isEmpty()) {
            wrong.add("The file has " + list(unexpected) + ", which the network lacks. "
                    + (declared.isPresent()
                            ? CHOOSE
                            : "Use --start-skip " + layers(unexpected, " --start-skip ")
                                    + " to ignore them, or --start-rename OLD=NEW if they have another name here."));
        }
        if (wrong.isEmpty() && sources.isEmpty()) {
            wrong.add("Nothing would be loaded from the file.");
        }
        return sources;
    }

    /** Return whether a config lists layers to take, but not that of a tensor. */
    private boolean isLeftOut(String name) {
        return declared.flatMap(Start::layers)
                .filter(layers -> !isMeant(name, layers))
                .isPresent();
    }

    /** Return the advice for a tensor that is taken but does not fit. */
    String remedy() {
        return declared.isPresent()
                ? "list other layers under start.layers"
                : "use --start-fresh NAME to initialise it instead";
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
                List<String> known = List.of(layers(names, ", ").split(", "));
                wrong.add(option + " refers to " + rule + ", which " + owner + " lacks. "
                        + Suggestion.didYouMean(rule, known) + "It has " + String.join(", ", known) + ".");
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
