package dev.chainrule.config.bind;

import dev.chainrule.api.Kind;
import dev.chainrule.api.error.Suggestion;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.api.value.WordOr;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.registry.RecordParameter;
import dev.chainrule.config.registry.RecordType;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.config.registry.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The binding of one config, value by value.
 *
 * @param problems modified: receives the problems found
 * @param locations modified: receives the places of the values
 * @param root the record that a whole config is; empty for a part of one
 * @param layerDefaults the values for parameters that layers do not give
 * @param defaults how many defaults enclose this value
 * @param read modified: receives the nodes of the defaults read, by their texts
 */
record Binding(
        Registry registry,
        Problems problems,
        Locations locations,
        Optional<RecordType> root,
        LayerDefaults layerDefaults,
        int defaults,
        Map<String, Optional<ConfigNode>> read) {
    private static final int DEEPEST_DEFAULT = 16;

    /** Create the binding of a user's text. */
    Binding(Registry registry, Problems problems, Locations locations, Optional<RecordType> root) {
        this(registry, problems, locations, root, LayerDefaults.NONE, 0, new LinkedHashMap<>());
    }

    /** Return the binding of the same text with defaults for layers. */
    Binding with(LayerDefaults given) {
        return new Binding(registry, problems, locations, root, given, defaults, read);
    }

    void report(Place place, String message, String... notes) {
        problems.add(Problem.error(place.mark(), place.path(), message, List.of(notes)));
    }

    /** Return the value; empty if a problem was reported. */
    Optional<Object> value(ValueType type, ConfigNode node, Place place) {
        locations.put(place.path(), place.mark());
        if (type instanceof ValueType.Maybe maybe) {
            return isNull(node)
                    ? Optional.of(Optional.empty())
                    : value(maybe.value(), node, place).map(Optional::of);
        }
        if (isNull(node)) {
            report(place, "there is no value here", "Write " + type.one() + ".");
            return Optional.empty();
        }
        if (type instanceof ValueType.ListOf list) {
            return list(list, node, place);
        }
        if (type instanceof ValueType.MapOf map) {
            return map(map, node, place);
        }
        if (type instanceof ValueType.OneOrMore several) {
            return oneOrMore(several, node, place);
        }
        if (type instanceof ValueType.WordOr either) {
            return wordOr(either, node, place);
        }
        if (type instanceof ValueType.Nested nested) {
            return new RecordBinder(this).bind(nested, node, place);
        }
        if (type instanceof ValueType.ComponentOf component) {
            return new ComponentBinder(this).bind(component.kind(), node, place, List.of());
        }
        return scalar(type, node, place);
    }

    /** Return the value of a parameter that is optional and missing from the YAML. */
    Object defaultValue(RecordParameter parameter) {
        if (parameter.defaultText().isEmpty()) {
            return Optional.empty();
        }
        String text = parameter.defaultText().get();
        if (defaults == DEEPEST_DEFAULT) {
            throw new FaultyDefault("the default of " + parameter.key() + " contains itself");
        }
        Problems found = new Problems();
        Optional<ConfigNode> node = read.computeIfAbsent(text, unread -> ConfigReader.read("default", unread, found));
        Optional<Object> value = node.flatMap(n -> {
            Place place = new Place(parameter.key(), n.mark());
            Locations inner = new Locations(n.mark());
            return new Binding(registry, found, inner, Optional.empty(), LayerDefaults.NONE, defaults + 1, read)
                    .value(parameter.type(), n, place);
        });
        if (found.hasErrors()) {
            String message = found.sorted().get(0).message();
            throw new FaultyDefault("the default of " + parameter.key() + " is '" + text + "' (" + message + ")");
        }
        return value.orElseThrow();
    }

    /** Return whether a text in quotes looks like a list or a mapping. */
    static boolean isQuoted(ConfigNode.Scalar scalar, char opening) {
        return !scalar.plain() && scalar.text().strip().indexOf(opening) == 0;
    }

    static boolean isNull(ConfigNode node) {
        return node instanceof ConfigNode.Scalar scalar && scalar.isNull();
    }

    /** Report a value of the wrong shape. */
    Optional<Object> mismatch(ValueType type, ConfigNode node, Place place, String... notes) {
        report(place, node.described() + " where " + type.one() + " is required", notes);
        return Optional.empty();
    }

    private Optional<Object> scalar(ValueType type, ConfigNode node, Place place) {
        if (!(node instanceof ConfigNode.Scalar scalar)) {
            boolean isList = node instanceof ConfigNode.Sequence;
            boolean alone =
                    node instanceof ConfigNode.Sequence list && list.items().size() == 1;
            String without = isList ? " instead of a list." : ", without keys.";
            return mismatch(type, node, place, alone ? "Remove the brackets." : "Write " + type.one() + without);
        }
        try {
            return Optional.of(ScalarBinder.read(type, scalar));
        } catch (Refused e) {
            report(place, e.getMessage(), e.notes().toArray(String[]::new));
            return Optional.empty();
        }
    }

    private Optional<Object> wordOr(ValueType.WordOr type, ConfigNode node, Place place) {
        if (node instanceof ConfigNode.Scalar scalar) {
            Optional<Object> word = type.choice().find(scalar.text()).map(Binding::word);
            if (word.isEmpty()) {
                report(
                        place,
                        "'" + scalar.text() + "' is not allowed here",
                        Suggestion.didYouMean(scalar.text(), type.choice().allowed()) + "Allowed: " + type.one() + ".");
            }
            return word;
        }
        boolean isList = node instanceof ConfigNode.Sequence;
        return isList == type.value() instanceof ValueType.ListOf
                ? value(type.value(), node, place).map(WordOr::ofValue)
                : mismatch(type, node, place);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the record's component declares the enum
    private static Object word(Enum<?> word) {
        return WordOr.ofWord((Enum) word);
    }

    private Optional<Object> oneOrMore(ValueType.OneOrMore type, ConfigNode node, Place place) {
        return node instanceof ConfigNode.Scalar
                ? value(type.item(), node, place).map(value -> new OneOrMore<>(List.of(value)))
                : node instanceof ConfigNode.Sequence
                        ? list(new ValueType.ListOf(type.item()), node, place)
                                .map(values -> new OneOrMore<>((List<?>) values))
                        : mismatch(type, node, place, "Write one, or several in brackets: [ one, another ].");
    }

    private Optional<Object> list(ValueType.ListOf type, ConfigNode node, Place place) {
        if (!(node instanceof ConfigNode.Sequence sequence)) {
            return node instanceof ConfigNode.Scalar scalar
                    ? mismatch(type, node, place, inBrackets(type, scalar, place))
                    : mismatch(type, node, place, "Begin each item with '- ', or put it in brackets: [ { … } ].");
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            ConfigNode item = sequence.items().get(i);
            value(type.item(), item, place.item(i, item.mark())).ifPresent(values::add);
        }
        return values.size() == sequence.items().size()
                ? Optional.of(Collections.unmodifiableList(values))
                : Optional.empty();
    }

    /** Return the advice for a value instead of a list. */
    String inBrackets(ValueType.ListOf type, ConfigNode.Scalar scalar, Place place) {
        if (isQuoted(scalar, '[')) {
            return "Remove the quotes.";
        }
        if (isItem(type, scalar, place)) {
            return "Write [" + scalar.text() + "].";
        }
        Optional<Kind> kind = type.item() instanceof ValueType.Nested nested
                ? nested.recordType().direct().map(RecordParameter::type).flatMap(Binding::kind)
                : kind(type.item());
        boolean known = kind.flatMap(of -> registry.find(of, scalar.text())).isPresent();
        return kind.isPresent()
                ? "Write [ { type: " + (known ? scalar.text() : "…") + ", … } ]."
                : "Write items in brackets: [ …, … ].";
    }

    private static Optional<Kind> kind(ValueType type) {
        return type instanceof ValueType.ComponentOf of ? Optional.of(of.kind()) : Optional.empty();
    }

    /** Return whether a value could be an item of a list. */
    boolean isItem(ValueType.ListOf type, ConfigNode.Scalar scalar, Place place) {
        Problems found = new Problems();
        new Binding(registry, found, new Locations(place.mark()), Optional.empty(), layerDefaults, defaults, read)
                .value(type.item(), scalar, place);
        return !found.hasErrors();
    }

    private Optional<Object> map(ValueType.MapOf type, ConfigNode node, Place place) {
        if (!(node instanceof ConfigNode.Mapping mapping)) {
            boolean quoted = node instanceof ConfigNode.Scalar scalar && isQuoted(scalar, '{');
            return mismatch(
                    type, node, place, quoted ? "Remove the quotes." : "Write 'name: value' on separate lines.");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (ConfigNode.Entry entry : mapping.entries()) {
            Optional<Object> value = value(type.value(), entry.value(), place.key(entry.key(), entry.mark()));
            if (value.isPresent()) {
                values.put(entry.key(), value.get());
            }
        }
        return values.size() == mapping.entries().size()
                ? Optional.of(Collections.unmodifiableMap(values))
                : Optional.empty();
    }
}
