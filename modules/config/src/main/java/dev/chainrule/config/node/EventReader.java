package dev.chainrule.config.node;

import dev.chainrule.config.Mark;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.config.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.Event.ID;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * The nodes of a config, built from the parser's events.
 *
 * <p>Events instead of SnakeYAML's own composer: only events distinguish an alias's place from its anchor's, and a
 * written tag from a guessed one; and the composer's limits report no place.
 */
final class EventReader {
    private static final String EMPTY = "Write keys and values; configs/mnist.yaml is an example.";
    private static final int DEEPEST = 64;
    /** A limit, since aliases multiply: nine lists of nine aliases each are a billion nodes. */
    private static final long MOST_ALIASED_NODES = 100_000;
    /** Above these limits a config contains data, and to check it would take longer than anybody waits. */
    private static final long MOST_NODES = 500_000;

    private static final int MOST_KEYS = 10_000;
    static final String DATA = "Keep data in separate files and list them under data.";

    private record Anchored(ConfigNode node, long nodes) {}

    private final Source source;
    private final ParserImpl parser;
    private final Problems problems;
    private final Map<String, Anchored> anchors = new LinkedHashMap<>();
    private final List<String> open = new ArrayList<>();
    private long nodes;
    private long aliased;

    private EventReader(ConfigText text, Problems problems) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        this.source = text.source();
        this.parser = new ParserImpl(new StreamReader(text.text()), options);
        this.problems = problems;
    }

    /**
     * Read the one document of a text.
     *
     * @param problems modified: receives problems that still leave something to read
     * @throws Unreadable if nothing is left to read
     */
    static ConfigNode read(ConfigText text, Problems problems) {
        ConfigNode node = readValue(text, problems);
        if (node instanceof ConfigNode.Scalar scalar && scalar.isNull()) {
            throw new Unreadable(Problem.error(Mark.whole(text.source()), "this config is empty", EMPTY));
        }
        return node;
    }

    /**
     * Read the one document of a text, which may be only null.
     *
     * @param problems modified: receives problems that still leave something to read
     * @throws Unreadable if nothing is left to read
     */
    static ConfigNode readValue(ConfigText text, Problems problems) {
        try {
            return new EventReader(text, problems).document();
        } catch (MarkedYAMLException e) {
            throw new Unreadable(SyntaxProblems.of(e, text.source()));
        }
    }

    private ConfigNode document() {
        parser.getEvent();
        if (!parser.checkEvent(ID.DocumentStart)) {
            throw new Unreadable(Problem.error(Mark.whole(source), "this config is empty", EMPTY));
        }
        parser.getEvent();
        ConfigNode node = node(0);
        parser.getEvent();
        if (parser.peekEvent() instanceof DocumentStartEvent second) {
            problems.add(Problem.error(
                    mark(second), "a second document begins here", "A config is one document: remove this line."));
        }
        return node;
    }

    private ConfigNode node(int depth) {
        NodeEvent event = (NodeEvent) parser.getEvent();
        if (event instanceof AliasEvent alias) {
            return resolve(alias);
        }
        long before = nodes++;
        if (nodes > MOST_NODES) {
            throw new Unreadable(Problem.error(mark(event), "more than " + MOST_NODES + " values in one config", DATA));
        }
        String anchor = event.getAnchor();
        if (anchor != null) {
            open.add(anchor);
        }
        ConfigNode node;
        if (event instanceof ScalarEvent scalar) {
            refuseTag(scalar.getTag(), scalar);
            if (scalar.getValue().length() > ConfigNode.Scalar.LONGEST) {
                throw new Unreadable(Problem.error(
                        mark(scalar),
                        "a text of " + scalar.getValue().length() + " letters",
                        "At most " + ConfigNode.Scalar.LONGEST + " are allowed. " + DATA));
            }
            node = new ConfigNode.Scalar(scalar.getValue(), scalar.isPlain(), mark(scalar));
        } else {
            node = collection((CollectionStartEvent) event, depth);
        }
        if (anchor != null) {
            open.remove(open.size() - 1);
            anchors.put(anchor, new Anchored(node, nodes - before));
        }
        return node;
    }

    private ConfigNode collection(CollectionStartEvent start, int depth) {
        if (depth == DEEPEST) {
            throw new Unreadable(Problem.error(
                    mark(start),
                    "more than " + DEEPEST + " nested levels",
                    "Each list and each mapping is one, so a layer within another one takes two."));
        }
        refuseTag(start.getTag(), start);
        if (start instanceof MappingStartEvent) {
            List<ConfigNode.Entry> entries = entries(depth + 1);
            boolean pointsAtKey = !start.isFlow() && start.getAnchor() == null && !entries.isEmpty();
            Mark mark = collectionMark(start, parser.getEvent());
            return new ConfigNode.Mapping(entries, pointsAtKey ? entries.get(0).keyMark() : mark);
        }
        List<ConfigNode> items = new ArrayList<>();
        while (!parser.checkEvent(ID.SequenceEnd)) {
            items.add(node(depth + 1));
        }
        return new ConfigNode.Sequence(items, collectionMark(start, parser.getEvent()));
    }

    private List<ConfigNode.Entry> entries(int depth) {
        Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
        List<ConfigNode> merged = new ArrayList<>();
        while (!parser.checkEvent(ID.MappingEnd)) {
            Mark keyMark = mark(parser.peekEvent());
            boolean isAlias = parser.checkEvent(ID.Alias);
            if (entries.size() == MOST_KEYS) {
                throw new Unreadable(Problem.error(keyMark, "more than " + MOST_KEYS + " keys in one mapping", DATA));
            }
            ConfigNode key = node(depth);
            ConfigNode value = node(depth);
            if (isAlias || !(key instanceof ConfigNode.Scalar scalar)) {
                String received = isAlias ? "an alias" : key.described();
                problems.add(Problem.error(keyMark, received + " cannot be a key", "Keys are words."));
            } else if (scalar.plain() && scalar.text().equals("<<")) {
                problems.add(Problem.error(keyMark, "merge keys (<<) are not supported", "Repeat the keys here."));
                merged.add(value);
            } else if (entries.containsKey(scalar.text())) {
                int line = entries.get(scalar.text()).keyMark().line();
                problems.add(Problem.error(
                        keyMark,
                        "key '" + scalar.text() + "' is given twice"
                                + (source.isArguments() ? "" : ", first in line " + line),
                        "Remove one of the two."));
            } else {
                entries.put(scalar.text(), new ConfigNode.Entry(scalar.text(), keyMark, value));
            }
        }
        merged.forEach(value -> merge(value, entries));
        return List.copyOf(entries.values());
    }

    /** Merge the entries as intended, so that their keys are not reported as missing too. */
    private static void merge(ConfigNode value, Map<String, ConfigNode.Entry> entries) {
        if (value instanceof ConfigNode.Mapping mapping) {
            mapping.entries().forEach(entry -> entries.putIfAbsent(entry.key(), entry));
        } else if (value instanceof ConfigNode.Sequence list) {
            list.items().forEach(item -> merge(item, entries));
        }
    }

    private ConfigNode resolve(AliasEvent alias) {
        Mark mark = mark(alias);
        String name = alias.getAnchor();
        if (open.contains(name)) {
            throw new Unreadable(Problem.error(mark, "alias '*" + name + "' is inside the value that it repeats"));
        }
        Anchored anchored = anchors.get(name);
        if (anchored == null) {
            throw new Unreadable(Problem.error(
                    mark,
                    "there is no anchor '&" + name + "' above this alias",
                    "If a text begins with *, write it in quotes."));
        }
        nodes += anchored.nodes();
        aliased += anchored.nodes();
        if (aliased > MOST_ALIASED_NODES) {
            throw new Unreadable(Problem.error(mark, "aliases repeat more than " + MOST_ALIASED_NODES + " values"));
        }
        return anchored.node().at(mark);
    }

    private void refuseTag(String tag, Event event) {
        if (tag != null) {
            String shown = tag.replaceFirst("^tag:yaml\\.org,2002:", "!!");
            problems.add(Problem.error(mark(event), "tags such as " + shown + " are not supported", "Remove the tag."));
        }
    }

    private Mark mark(Event event) {
        return SyntaxProblems.mark(source, event.getStartMark(), event.getEndMark());
    }

    /** Return the mark of a collection: a flow collection from bracket to bracket, a block at its first character. */
    private Mark collectionMark(CollectionStartEvent start, Event end) {
        return SyntaxProblems.mark(
                source, start.getStartMark(), start.isFlow() ? end.getEndMark() : start.getEndMark());
    }
}
