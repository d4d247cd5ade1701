package dev.chainrule.config.bind;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.config.Mark;
import dev.chainrule.config.Problem;
import dev.chainrule.config.registry.Origin;
import dev.chainrule.config.registry.RecordParameter;
import dev.chainrule.config.registry.RecordType;
import dev.chainrule.config.registry.RegisteredComponent;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Optional;

/** The creation of records, with their constructors' exceptions turned into problems. */
final class Constructing {
    private final Binding binding;

    Constructing(Binding binding) {
        this.binding = binding;
    }

    Optional<Object> create(RecordType type, Optional<RegisteredComponent> component, Object[] values, Place place) {
        try {
            return Optional.of(type.create(values));
        } catch (InvocationTargetException e) {
            binding.problems().add(problem(e.getCause(), type, component, place));
            return Optional.empty();
        }
    }

    private Problem problem(Throwable thrown, RecordType type, Optional<RegisteredComponent> component, Place place) {
        if (thrown instanceof ParameterException e) {
            return parameter(e, type, place);
        }
        if (thrown instanceof InputException e) {
            String path = e.configPath()
                    .map(inner -> place.key(inner, place.mark()).path())
                    .orElse(place.path());
            Mark mark = binding.locations().find(path).orElse(place.mark());
            return Problem.error(mark, path, e.getMessage(), e.notes());
        }
        if (thrown instanceof IllegalArgumentException && thrown.getMessage() != null) {
            return Problem.error(place.mark(), place.path(), thrown.getMessage(), List.of());
        }
        if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
            throw fatal;
        }
        return crash(thrown, component, place);
    }

    private Problem parameter(ParameterException e, RecordType type, Place place) {
        String root = e.parameter().replaceFirst("[.\\[].*", "");
        String key = RecordParameter.key(root);
        boolean known =
                type.parameters().stream().anyMatch(parameter -> parameter.key().equals(key));
        Place at = known ? place.key(key, place.mark()) : place;
        String path = at.path() + (known ? e.parameter().substring(root.length()) : "");
        Mark mark = binding.locations()
                .find(path)
                .or(() -> binding.locations().find(at.path()))
                .orElse(place.mark());
        // The writer of a bare number knows it by the key that it was written for.
        String shown = place.standsForChild() ? place.path().replaceFirst(".*\\.", "") : key;
        String message =
                e.getMessage().startsWith(root) ? shown + e.getMessage().substring(root.length()) : e.getMessage();
        return Problem.error(mark, path, message, List.of("Allowed: " + e.allowed() + "."));
    }

    /** Report a plugin's own failure at the component's place in the config, where the user can act on it. */
    private static Problem crash(Throwable thrown, Optional<RegisteredComponent> component, Place place) {
        String who = component
                .map(c ->
                        c.kind().label() + " '" + c.name() + "'" + (c.origin().isBuiltIn() ? "" : " of " + c.origin()))
                .orElse("this part");
        String why = component
                .map(RegisteredComponent::origin)
                .orElse(Origin.BUILT_IN)
                .reason(thrown);
        return Problem.error(
                        place.mark(),
                        place.path(),
                        who + " failed during setup: " + why,
                        List.of("This is a bug in its code, not in the config; report it to its author."))
                .causedBy(thrown);
    }
}
