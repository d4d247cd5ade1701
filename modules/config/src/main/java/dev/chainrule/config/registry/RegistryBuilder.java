package dev.chainrule.config.registry;

import dev.chainrule.api.Component;
import dev.chainrule.api.Kind;
import dev.chainrule.config.Mark;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.config.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A builder of registries that checks each component's declaration. */
public final class RegistryBuilder {
    private static final Pattern LEGAL_NAME = Pattern.compile("[a-z][a-z0-9_]*");

    private final Problems problems;
    private final Map<String, RegisteredComponent> components = new LinkedHashMap<>();

    /**
     * Create an empty registry.
     *
     * @param problems modified: receives the faults of components
     */
    public RegistryBuilder(Problems problems) {
        this.problems = problems;
    }

    /**
     * Add one component, unless its declaration is faulty or its kind and name are taken. A test checks the parameters
     * of built-in components, so that they cost no start-up time.
     */
    public void add(Class<? extends Record> type, Origin origin) {
        List<String> faults = new ArrayList<>();
        Optional<String> name = Declarations.of(type, Component.class, "value", Component::value);
        Optional<Kind> kind = Kind.implementedBy(type);
        if (!type.isRecord()) {
            refuse(type, origin, List.of("it is not a record"));
            return;
        }
        if (name.isEmpty()) {
            faults.add("it has no @Component");
        } else if (!LEGAL_NAME.matcher(name.get()).matches()) {
            faults.add("its name '" + name.get() + "' does not consist of lower-case letters, digits and underscores");
        }
        if (kind.isEmpty()) {
            faults.add(extensionPoints(type));
        }
        if (RecordType.doc(type).isEmpty()) {
            faults.add("it has no @Doc");
        }
        if (!origin.isBuiltIn()) {
            checkParameters(type, faults);
        }
        if (faults.isEmpty()) {
            add(new RegisteredComponent(kind.orElseThrow(), name.get(), type.getName(), type.getClassLoader(), origin));
        } else {
            refuse(type, origin, faults);
        }
    }

    /** Return the registry. */
    public Registry build() {
        return new Registry(components.values());
    }

    private static void checkParameters(Class<? extends Record> type, List<String> faults) {
        RecordType record;
        try {
            record = RecordType.of(type);
            record.parameters().forEach(parameter -> checkNested(parameter.type(), new LinkedHashSet<>()));
        } catch (IllegalArgumentException e) {
            faults.add(e.getMessage());
            return;
        }
        for (RecordParameter parameter : record.parameters()) {
            if (parameter.doc().isEmpty()) {
                faults.add("its parameter " + parameter.name() + " has no @Doc");
            }
            if (parameter.key().equals(RegisteredComponent.TYPE_KEY)) {
                faults.add("its parameter 'type' has the name of the key that selects components in YAML");
            }
            if (parameter.direct()) {
                faults.add("its parameter " + parameter.name() + " is @Inline, which components cannot have");
            }
        }
    }

    private static String extensionPoints(Class<?> type) {
        List<String> found = Arrays.stream(Kind.values())
                .filter(kind -> kind.type().isAssignableFrom(type))
                .map(kind -> kind.type().getSimpleName())
                .toList();
        return found.isEmpty()
                ? "it implements no extension point, such as Elementwise, LayerSpec or HookSpec"
                : "it implements several extension points, " + String.join(" and ", found);
    }

    /** Check records within records, so that a type that YAML cannot describe is found now and not on first use. */
    private static void checkNested(ValueType type, Set<Class<?>> seen) {
        if (type instanceof ValueType.Maybe maybe) {
            checkNested(maybe.value(), seen);
        } else if (type instanceof ValueType.ListOf list) {
            checkNested(list.item(), seen);
        } else if (type instanceof ValueType.MapOf map) {
            checkNested(map.value(), seen);
        } else if (type instanceof ValueType.WordOr either) {
            checkNested(either.value(), seen);
        } else if (type instanceof ValueType.Nested nested && seen.add(nested.type())) {
            nested.recordType().parameters().forEach(parameter -> checkNested(parameter.type(), seen));
        }
    }

    /** Add a component with a correct declaration, unless its kind and name are taken. */
    public void add(RegisteredComponent component) {
        RegisteredComponent first = components.putIfAbsent(component.label(), component);
        if (first == null) {
            return;
        }
        Origin other = first.origin();
        boolean own = other.equals(component.origin());
        String advice = "Remove one of the two jars; a plugin must not replace a component.";
        if (own) {
            advice = "Its author must rename or remove one of the two.";
        } else if (other.isBuiltIn()) {
            advice = "Its author must give it another name; a plugin must not replace a component.";
        }
        problems.add(Problem.error(
                place(component.origin()),
                component.kind().label() + " '" + component.name() + "' exists twice: "
                        + (own
                                ? "two records of this plugin have that name"
                                : "from " + other + " and from " + component.origin()),
                advice));
    }

    private void refuse(Class<?> type, Origin origin, List<String> faults) {
        problems.add(Problem.error(
                place(origin),
                "component " + type.getName() + " of " + origin.name() + " is declared incorrectly: "
                        + String.join("; ", faults),
                "Its author must correct this (see docs/PLUGINS.md)."));
    }

    /** Return the place of an origin's problems. */
    public static Mark place(Origin origin) {
        return Mark.whole(Source.named(origin.jar().map(Object::toString).orElse(origin.name())));
    }
}
