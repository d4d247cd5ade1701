package dev.chainrule.app.shell;

import dev.chainrule.api.Api;
import dev.chainrule.api.error.CheckException;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.RunException;
import dev.chainrule.config.ConfigException;
import dev.chainrule.config.Problem;
import dev.chainrule.config.registry.RegisteredComponent;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.engine.record.Blame;
import dev.chainrule.engine.record.PluginFrame;
import dev.chainrule.math.Heap;
import dev.chainrule.math.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A failure of a plugin's code: its author must correct it, not the author of this program. */
public final class PluginFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String AUTHOR = "The plugin's author must correct this";

    private final transient List<String> notes;

    private PluginFailure(String message, List<String> notes, Throwable cause) {
        super(message, cause);
        this.notes = List.copyOf(notes);
    }

    /**
     * Return a failure as that of a plugin.
     *
     * @param registry the plugins' components
     * @param notes further lines for the user
     * @return empty if no plugin took part, or if the failure has its own message
     */
    public static Optional<PluginFailure> of(Throwable thrown, Registry registry, List<String> notes) {
        if (thrown instanceof PluginFailure || hasMessage(thrown)) {
            return Optional.empty();
        }
        return PluginFrame.of(thrown)
                .map(frame -> new PluginFailure(message(frame, component(frame, registry)), notes, thrown));
    }

    /** Return the cause of a failure, as written in run.json. */
    public static Blame blame(Throwable thrown, Registry registry) {
        return plugin(thrown, registry).orElseGet(() -> Blame.of(thrown));
    }

    /** Return the plugin to blame for a failure; empty if none took part, or if the failure has its own message. */
    public static Optional<Blame> plugin(Throwable thrown, Registry registry) {
        return hasMessage(thrown)
                ? Optional.empty()
                : PluginFrame.of(thrown)
                        .map(frame -> new Blame(
                                Blame.Who.PLUGIN,
                                frame.jar(),
                                component(frame, registry).orElse(""),
                                frame.place(),
                                frame.reason()));
    }

    /** A lack of memory has a message about the layer, but belongs to the plugin if that layer's own code ran out of memory. */
    private static boolean hasMessage(Throwable thrown) {
        return thrown instanceof ConfigException
                || thrown instanceof InputException
                || thrown instanceof RunException && !isOutOfMemory(thrown)
                || thrown instanceof CheckException;
    }

    private static boolean isOutOfMemory(Throwable thrown) {
        return thrown instanceof OutOfMemoryError || thrown.getCause() instanceof OutOfMemoryError;
    }

    /**
     * Return the failure as a problem.
     *
     * @param trace the file with the stack trace
     */
    public Problem problem(String trace) {
        List<String> all = new ArrayList<>();
        all.add(AUTHOR + " (see docs/PLUGINS.md); for details see " + trace + ".");
        if (isOutOfMemory(getCause())) {
            all.add("If it needs more memory than the program's " + Numbers.size(Heap.size())
                    + ", give the program more, as in " + Heap.largerCommand() + ".");
        }
        if (getCause() instanceof NoClassDefFoundError missing
                && Api.hides(String.valueOf(missing.getMessage()).replace('/', '.'))) {
            all.add("It uses a class that is internal to Chainrule: docs/PLUGINS.md lists the classes that "
                    + "plugins can use.");
        } else if (getCause() instanceof LinkageError && !(getCause() instanceof ExceptionInInitializerError)) {
            all.add("It was built for another version: rebuild it, or get a newer one.");
        }
        all.addAll(notes);
        return Problem.error(getMessage(), all.toArray(String[]::new));
    }

    private static String message(PluginFrame frame, Optional<String> component) {
        return component.map(label -> label + " of ").orElse("") + "the plugin " + frame.jar() + " failed in "
                + frame.frame().getClassName() + " (" + frame.place() + "): " + frame.reason();
    }

    private static Optional<String> component(PluginFrame frame, Registry registry) {
        List<RegisteredComponent> own = registry.all().stream()
                .filter(component -> component
                        .origin()
                        .jar()
                        .filter(jar -> jar.getFileName().toString().equals(frame.jar()))
                        .isPresent())
                .toList();
        return frame.classes().stream()
                .flatMap(name ->
                        own.stream().filter(component -> component.recordName().equals(name)))
                .findFirst()
                .or(() -> own.size() == 1 ? own.stream().findFirst() : Optional.empty())
                .map(RegisteredComponent::label);
    }
}
