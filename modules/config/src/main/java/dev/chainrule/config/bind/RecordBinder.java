package dev.chainrule.config.bind;

import dev.chainrule.api.Kind;
import dev.chainrule.config.compose.Composition;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.registry.RecordParameter;
import dev.chainrule.config.registry.RecordType;
import dev.chainrule.config.registry.RegisteredComponent;
import dev.chainrule.config.registry.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The binding of mappings to records, key by key. */
final class RecordBinder {
    private final Binding binding;

    RecordBinder(Binding binding) {
        this.binding = binding;
    }

    /** Bind a record that is not a component. */
    Optional<Object> bind(ValueType.Nested nested, ConfigNode node, Place place) {
        RecordType type = nested.recordType();
        if (type.direct().isPresent()) {
            return direct(type, type.direct().get(), node, place);
        }
        if (!(node instanceof ConfigNode.Mapping mapping)) {
            String first = type.keys().isEmpty() ? "" : type.keys().get(0) + ": … ";
            return binding.mismatch(nested, node, place, "Write keys and values, such as { " + first + "}.");
        }
        List<String> allowed = new ArrayList<>(type.keys());
        if (place.path().isEmpty()) {
            allowed.add(Composition.DEFAULTS);
        }
        Set<String> unknown = new UnknownKeys(binding).report(mapping, allowed, type, Optional.empty(), place);
        return values(type, Optional.empty(), mapping, place, Optional.empty(), unknown);
    }

    /** Bind a component's parameters. */
    Optional<Object> component(
            RegisteredComponent component, ConfigNode.Mapping parameters, Place place, List<String> outerKeys) {
        List<String> allowed = new ArrayList<>(component.keys());
        for (String key : outerKeys) {
            if (!allowed.contains(key)) {
                allowed.add(key);
            }
        }
        Set<String> unknown =
                new UnknownKeys(binding).report(parameters, allowed, component.type(), Optional.of(component), place);
        return values(component.type(), Optional.of(component), parameters, place, Optional.empty(), unknown);
    }

    /**
     * Bind a record that has a direct parameter, whose keys are mixed with the record's: the record takes its keys, the
     * rest belongs to the component. If that parameter is optional, the two are alternatives: with a type, every key is
     * the component's.
     */
    private Optional<Object> direct(RecordType type, RecordParameter direct, ConfigNode node, Place place) {
        boolean maybe = direct.type() instanceof ValueType.Maybe;
        ValueType inner = direct.type() instanceof ValueType.Maybe m ? m.value() : direct.type();
        Kind kind = ((ValueType.ComponentOf) inner).kind();
        List<String> keys = maybe ? List.of() : type.keys();
        Set<String> ownKeys = new LinkedHashSet<>(keys);
        Optional<String> numberKey = maybe ? numberKey(type, node) : Optional.empty();
        if (numberKey.isPresent()) {
            String number = ((ConfigNode.Scalar) node).text();
            binding.report(
                    place,
                    "the number " + number + " where " + inner.one() + " is required",
                    "Write { " + numberKey.get() + ": " + number + " }.");
            return Optional.empty();
        }
        ConfigNode rest = node;
        ConfigNode.Mapping own = new ConfigNode.Mapping(List.of(), node.mark());
        Place self = place;
        if (node instanceof ConfigNode.Mapping mapping) {
            rest = mapping.without(ownKeys);
            own = mapping.only(ownKeys);
            Optional<ConfigNode.Entry> typeEntry = mapping.find(RegisteredComponent.TYPE_KEY);
            if (typeEntry.isEmpty()
                    && !direct.required()
                    && new ComponentBinder(binding)
                            .misspeltType(kind, mapping, type.keys())
                            .isEmpty()) {
                Set<String> unknown =
                        new UnknownKeys(binding).report(mapping, directKeys(type), type, Optional.empty(), place);
                return values(
                        type, Optional.empty(), mapping, place, Optional.of(binding.defaultValue(direct)), unknown);
            }
            self = typeEntry.map(entry -> place.at(entry.mark())).orElse(place);
        }
        Optional<Object> component = new ComponentBinder(binding).bind(kind, rest, place, keys);
        Object value = component.isEmpty() ? null : maybe ? Optional.of(component.get()) : component.get();
        Optional<Object> record = values(type, Optional.empty(), own, self, Optional.ofNullable(value), Set.of());
        return component.isEmpty() ? Optional.empty() : record;
    }

    /** Return the key that a bare number was probably meant for: a count for a whole number, a share for any other. */
    private static Optional<String> numberKey(RecordType type, ConfigNode node) {
        if (!(node instanceof ConfigNode.Scalar scalar) || !scalar.plain() || !NumberText.isNumberLike(scalar.text())) {
            return Optional.empty();
        }
        boolean whole = scalar.text().matches("[0-9]+");
        return type.parameters().stream()
                .filter(parameter ->
                        (parameter.type() instanceof ValueType.Maybe maybe ? maybe.value() : parameter.type())
                                        instanceof ValueType.Whole
                                == whole)
                .filter(parameter -> isRead(parameter, scalar))
                .map(RecordParameter::key)
                .findFirst();
    }

    private static boolean isRead(RecordParameter parameter, ConfigNode.Scalar scalar) {
        try {
            ValueType type = parameter.type() instanceof ValueType.Maybe maybe ? maybe.value() : parameter.type();
            return ScalarBinder.read(type, scalar) instanceof Number;
        } catch (Refused e) {
            return false;
        }
    }

    private static List<String> directKeys(RecordType type) {
        List<String> keys = new ArrayList<>(type.keys());
        keys.add(RegisteredComponent.TYPE_KEY);
        return keys;
    }

    /**
     * Bind all parameters and create the record.
     *
     * @param direct the value of the direct parameter; empty if there is none or it did not bind
     * @param meant required keys that a misspelt key was probably meant to be, so that they are not reported twice
     */
    private Optional<Object> values(
            RecordType type,
            Optional<RegisteredComponent> component,
            ConfigNode.Mapping mapping,
            Place place,
            Optional<Object> direct,
            Set<String> meant) {
        Object[] values = new Object[type.parameters().size()];
        boolean complete = true;
        for (int i = 0; i < values.length; i++) {
            RecordParameter parameter = type.parameters().get(i);
            Optional<Object> value =
                    parameter.direct() ? direct : parameter(parameter, component, mapping, place, meant);
            values[i] = value.orElse(null);
            complete &= value.isPresent();
        }
        return complete ? new Constructing(binding).create(type, component, values, place) : Optional.empty();
    }

    private Optional<Object> parameter(
            RecordParameter parameter,
            Optional<RegisteredComponent> component,
            ConfigNode.Mapping mapping,
            Place place,
            Set<String> meant) {
        Optional<ConfigNode.Entry> entry = mapping.find(parameter.key());
        if (entry.isPresent()) {
            Place at = place.key(parameter.key(), entry.get().mark());
            if (Binding.isNull(entry.get().value()) && parameter.defaultText().isPresent() && !isMaybe(parameter)) {
                String text = parameter.defaultText().get();
                binding.report(at, "there is no value here", "Remove the key to use its default, " + text + ".");
                return Optional.empty();
            }
            return alone(parameter, entry.get().value(), at)
                    .orElseGet(() -> binding.value(parameter.type(), entry.get().value(), at));
        }
        if (!parameter.required()) {
            return Optional.of(binding.defaultValue(parameter));
        }
        if (!meant.contains(parameter.key())) {
            String who = component.map(RegisteredComponent::name).orElse("It");
            String needed = component.isPresent() ? " requires it: " : " is required: ";
            String allowed = who + needed + parameter.type().one() + ".";
            String[] notes = parameter.doc().isEmpty()
                    ? new String[] {allowed}
                    : new String[] {allowed, parameter.key() + ": " + parameter.doc()};
            binding.report(place, "missing key '" + parameter.key() + "'", notes);
        }
        return Optional.empty();
    }

    /** Report a value instead of a list, of which it could not be an item either, with the meaning of the parameter; empty if it is none. */
    private Optional<Optional<Object>> alone(RecordParameter parameter, ConfigNode node, Place place) {
        ValueType type = parameter.type() instanceof ValueType.Maybe maybe ? maybe.value() : parameter.type();
        if (type instanceof ValueType.ListOf list
                && node instanceof ConfigNode.Scalar scalar
                && !scalar.isNull()
                && !Binding.isQuoted(scalar, '[')
                && !parameter.doc().isEmpty()
                && !binding.isItem(list, scalar, place)) {
            String meaning = parameter.key() + ": " + parameter.doc();
            return Optional.of(binding.mismatch(list, node, place, binding.inBrackets(list, scalar, place), meaning));
        }
        return Optional.empty();
    }

    private static boolean isMaybe(RecordParameter parameter) {
        return parameter.type() instanceof ValueType.Maybe;
    }
}
