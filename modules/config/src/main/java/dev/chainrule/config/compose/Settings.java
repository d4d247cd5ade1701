package dev.chainrule.config.compose;

import dev.chainrule.api.error.Suggestion;
import dev.chainrule.config.Mark;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.config.Source;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.node.ConfigReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The changes of a config by {@code --set path=value}; each changed value is marked by its argument. */
final class Settings {
    private static final String FORM = "Write path=value, such as training.epochs=3 or model[0].units=64.";

    private final Source source;
    private final List<String> arguments;
    private final Problems problems;

    Settings(List<String> arguments, Problems problems) {
        this.source = Source.ofArguments("--set argument", arguments);
        this.arguments = arguments;
        this.problems = problems;
    }

    /** Return a config with all arguments applied, first to last. */
    ConfigNode.Mapping apply(ConfigNode.Mapping root) {
        ConfigNode.Mapping changed = root;
        for (int i = 0; i < arguments.size(); i++) {
            try {
                changed = new Setting(i + 1, arguments.get(i)).apply(changed);
            } catch (Rejected e) {
                e.problem().ifPresent(problems::add);
            }
        }
        return changed;
    }

    /** One argument. */
    private final class Setting {
        private final int number;
        private final String text;
        private final ConfigPath path;
        private final ConfigNode value;

        Setting(int number, String text) {
            this.number = number;
            this.text = text;
            int equals = equalsSign(text);
            if (text.codePoints().anyMatch(c -> c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029)) {
                throw rejected(
                        0,
                        text.length(),
                        "an argument of several lines",
                        "Write lists and mappings in brackets: [a, b], { a: 1 }.");
            }
            if (equals < 0) {
                throw rejected(0, text.length(), "'" + text + "' sets nothing", FORM);
            }
            try {
                this.path = ConfigPath.parse(text.substring(0, equals));
            } catch (ConfigPath.Malformed e) {
                throw rejected(e.from, e.to, e.getMessage(), FORM);
            }
            if (path.steps().get(0).key().equals(Composition.EXTENDS)) {
                throw rejected(path.steps().get(0), "extends cannot be set", "List bases in the file itself.");
            }
            this.value = value(equals + 1);
        }

        private ConfigNode value(int from) {
            String written = text.substring(from).strip();
            if (written.isEmpty() || written.startsWith("#")) {
                throw rejected(
                        from,
                        text.length(),
                        "there is no value after =",
                        "Write " + text.substring(0, from) + "null to remove the key, " + text.substring(0, from)
                                + "'' for an empty text.");
            }
            String before = "\n".repeat(number - 1) + " ".repeat(text.codePointCount(0, from));
            Problems found = new Problems();
            Optional<ConfigNode> node = ConfigReader.readValue(source, before + text.substring(from), found);
            List<Problem> sorted = found.sorted();
            if (!sorted.isEmpty()) {
                sorted.subList(0, sorted.size() - 1).forEach(problems::add);
                throw new Rejected(sorted.get(sorted.size() - 1));
            }
            return node.orElseThrow();
        }

        ConfigNode.Mapping apply(ConfigNode.Mapping root) {
            return (ConfigNode.Mapping) put(root, 0);
        }

        private ConfigNode put(ConfigNode node, int at) {
            ConfigPath.Step step = path.steps().get(at);
            if (!step.isKey()) {
                return inList(node, at, step);
            }
            if (node instanceof ConfigNode.Mapping mapping) {
                return inMapping(mapping, at);
            }
            if (Merge.isNull(node)) {
                return inMapping(new ConfigNode.Mapping(List.of(), node.mark()), at);
            }
            String owner = path.shown(at);
            String note = node instanceof ConfigNode.Sequence
                    ? LayerPlaces.within(owner, node, path, at)
                            .orElse("Write " + owner
                                    + (step.key().matches("[0-9]+")
                                            ? "[" + step + "]."
                                            : "[0]." + step + " for its first item."))
                    : "To give it keys, set it as a whole: " + owner + "={type: …, " + step + ": …}.";
            throw rejected(step, owner + " is " + node.described() + ", which has no keys", note);
        }

        private ConfigNode inMapping(ConfigNode.Mapping mapping, int at) {
            int keys = Math.max(1, path.keysNaming(mapping, at));
            String key = path.key(at, keys);
            Mark keyMark = mark(
                    path.steps().get(at).from(), path.steps().get(at + keys - 1).to());
            boolean last = at + keys == path.steps().size();
            Optional<ConfigNode.Entry> present = mapping.find(key);
            if (!last && present.isEmpty() && !path.steps().get(at + keys).isKey()) {
                List<String> written =
                        mapping.entries().stream().map(ConfigNode.Entry::key).toList();
                throw unwritten(
                        path.steps().get(at),
                        at + keys,
                        Suggestion.didYouMean(key, written).strip());
            }
            if (last && present.isPresent() && Merge.isNull(value)) {
                return Merge.without(mapping, key);
            }
            ConfigNode inner =
                    present.map(ConfigNode.Entry::value).orElseGet(() -> new ConfigNode.Scalar("", true, keyMark));
            ConfigNode changed = last ? value : put(inner, at + keys);
            ConfigNode.Entry entry = new ConfigNode.Entry(
                    key, last || present.isEmpty() ? keyMark : present.get().keyMark(), changed);
            List<ConfigNode.Entry> entries = new ArrayList<>(mapping.entries());
            if (present.isPresent()) {
                entries.set(entries.indexOf(present.get()), entry);
            } else {
                entries.add(entry);
            }
            return new ConfigNode.Mapping(entries, mapping.mark());
        }

        private ConfigNode inList(ConfigNode node, int at, ConfigPath.Step step) {
            String owner = path.shown(at);
            if (!(node instanceof ConfigNode.Sequence list)) {
                if (at == 0) {
                    throw rejected(step, "a config is not a list", FORM);
                }
                if (Merge.isNull(node)) {
                    throw unwritten(step, at, "");
                }
                throw rejected(
                        step,
                        owner + " is " + node.described() + ", not a list",
                        "Write " + owner + ".key=value, or set it as a whole.");
            }
            boolean last = at == path.steps().size() - 1;
            List<ConfigNode> items = new ArrayList<>(list.items());
            if (step.index() == ConfigPath.Step.APPEND) {
                if (!last) {
                    throw rejected(step, "[+] can only append a whole item", "Write " + path.shown(at + 1) + "={…}.");
                }
                items.add(value);
            } else if (step.index() >= items.size()) {
                String has = items.size() == 1 ? "1 item" : items.size() + " items";
                throw rejected(
                        step,
                        owner + " has " + has + ", but no " + owner + step,
                        "Items are counted from 0; " + owner + "[+] appends one.");
            } else if (last && Merge.isNull(value)) {
                items.remove(step.index());
            } else {
                items.set(step.index(), last ? value : put(items.get(step.index()), at + 1));
            }
            return new ConfigNode.Sequence(items, list.mark());
        }

        /** Return the error of a list that is not in the config, which ends {@code end} steps from the beginning of the path. */
        private Rejected unwritten(ConfigPath.Step step, int end, String meant) {
            String owner = path.shown(end);
            boolean appends = path.steps().get(end).index() == ConfigPath.Step.APPEND;
            return rejected(
                    step,
                    "the config contains no " + owner + (appends ? " to append to" : ""),
                    meant.isEmpty() ? "Set it as a whole, which also replaces its default: " + owner + "=[…]." : meant);
        }

        private Rejected rejected(ConfigPath.Step step, String message, String note) {
            return rejected(step.from(), step.to(), message, note);
        }

        private Rejected rejected(int from, int to, String message, String note) {
            return new Rejected(Problem.error(mark(from, to), "", message, List.of(note)));
        }

        private Mark mark(int from, int to) {
            int column = text.codePointCount(0, from) + 1;
            return new Mark(source, number, column, column + text.codePointCount(from, Math.max(from, to)));
        }
    }

    /** Return the end of the path: quotes in it may contain an equals sign. */
    private static int equalsSign(String text) {
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && c == '=') {
                return i;
            }
            if (c == '\'' || c == '"') {
                quote = quote == 0 ? c : quote == c ? 0 : quote;
            }
        }
        return -1;
    }
}
