package dev.chainrule.app.record;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The settings of a run by path, written as a user writes them: {@code optimizer} is {@code adam} and {@code optimizer.learning_rate} is
 * {@code 0.1}, where the resolved config has {@code optimizer.type}, and a mapping for the constant.
 */
public final class Settings {
    private static final String TYPE = ".type";
    private static final String CONSTANT = "constant";
    private static final String NAME = "name";

    private Settings() {}

    /** Return the settings of a resolved config, in its order. The name is a fact of the run and no setting. */
    static Map<String, String> of(String resolved) {
        Map<String, String> flat = FlatConfig.of(resolved);
        Set<String> merged = new LinkedHashSet<>();
        Map<String, String> settings = new LinkedHashMap<>();
        flat.forEach((path, value) -> {
            if (merged.contains(path) || path.equals(NAME)) {
                return;
            }
            if (!path.endsWith(TYPE)) {
                settings.put(path, value);
                return;
            }
            String base = path.substring(0, path.length() - TYPE.length());
            List<String> others = flat.keySet().stream()
                    .filter(other -> other.startsWith(base + ".") && !other.equals(path))
                    .toList();
            if (value.equals(CONSTANT) && others.size() == 1) {
                settings.put(base, flat.get(others.get(0)));
                merged.add(others.get(0));
            } else {
                settings.put(base, value);
            }
        });
        return settings;
    }

    /**
     * Return the paths whose values differ among runs, in the order of the first run that has them. Only runs of one name are compared:
     * those of another network differ in everything.
     */
    static List<String> differing(List<RunListing> runs) {
        Map<String, RunListing> first = new LinkedHashMap<>();
        Set<String> differing = new LinkedHashSet<>();
        Set<String> order = new LinkedHashSet<>();
        for (RunListing run : runs) {
            order.addAll(run.settings().keySet());
            Map<String, String> before =
                    first.computeIfAbsent(run.name(), name -> run).settings();
            Set<String> paths = new LinkedHashSet<>(before.keySet());
            paths.addAll(run.settings().keySet());
            paths.stream()
                    .filter(path -> !before.getOrDefault(path, FlatConfig.ABSENT)
                            .equals(run.settings().getOrDefault(path, FlatConfig.ABSENT)))
                    .forEach(differing::add);
        }
        return order.stream().filter(differing::contains).toList();
    }

    /** Return a value of the config as JSON has it: a number, true or false where it is one. */
    public static Object typed(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> {
                OptionalDouble number = RunCondition.number(value);
                yield number.isEmpty() || !Double.isFinite(number.getAsDouble())
                        ? value
                        : value.matches("-?[0-9]{1,18}") ? (Object) Long.valueOf(value) : number.getAsDouble();
            }
        };
    }
}
