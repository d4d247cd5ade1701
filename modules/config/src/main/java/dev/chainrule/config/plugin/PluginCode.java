package dev.chainrule.config.plugin;

import dev.chainrule.api.Api;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.config.registry.Origin;
import dev.chainrule.config.registry.RegistryBuilder;
import java.util.ServiceConfigurationError;

/** Run what plugins bring, and say what went wrong there instead of going down with it. */
final class PluginCode {
    private static final String AUTHOR = "Its author has to correct this (see docs/PLUGINS.md).";
    private static final String SERVICES_WRONG = "the file META-INF/services/dev.chainrule.api.Plugin is wrong: ";
    private static final String FAILED = "the plugin failed while it was loaded: ";

    private PluginCode() {}

    /** Run a plugin's code; a failure becomes a problem. Return whether it went well. */
    static boolean call(Origin origin, Problems problems, Runnable code) {
        try {
            code.run();
            return true;
        } catch (RuntimeException | LinkageError | ServiceConfigurationError | StackOverflowError | AssertionError e) {
            problems.add(problem(origin, e));
            return false;
        }
    }

    /** Return whether a plugin was compiled against our API; report it if not. */
    static boolean hasOurLevel(FoundPlugin found, Problems problems) {
        int level = found.plugin().apiLevel();
        if (level == Api.LEVEL) {
            return true;
        }
        String message =
                "the plugin is made for level " + level + " of the plugin API, this Chainrule has level " + Api.LEVEL;
        String advice =
                level > Api.LEVEL ? "Get a newer Chainrule." : "Get a newer version of the plugin, or build it again.";
        problems.add(Problem.error(RegistryBuilder.place(found.origin()), message, advice));
        return false;
    }

    private static Problem problem(Origin origin, Throwable e) {
        if (e instanceof ServiceConfigurationError) {
            return e.getCause() == null
                    ? problem(origin, e, SERVICES_WRONG + e.getMessage().replaceFirst("^[^:]*: ", ""), AUTHOR)
                    : problem(origin, e.getCause());
        }
        if (e instanceof ExceptionInInitializerError) {
            return problem(origin, e, FAILED + reason(e.getCause()), AUTHOR);
        }
        if (e instanceof UnsupportedClassVersionError) {
            String message = "the plugin needs a newer Java than this one, which is ";
            return problem(
                    origin,
                    e,
                    message + Runtime.version().feature(),
                    "Run with a newer Java, or get the plugin built for this one.");
        }
        if (e instanceof LinkageError) {
            return problem(
                    origin,
                    e,
                    "the plugin does not fit this Chainrule: " + reason(e) + " is missing or different",
                    "Get the plugin built against this version; it may use only the plugin API, the matrices and what its"
                            + " own jar holds.");
        }
        return problem(origin, e, FAILED + reason(e), AUTHOR);
    }

    private static Problem problem(Origin origin, Throwable cause, String message, String note) {
        return Problem.error(RegistryBuilder.place(origin), message, note).causedBy(cause);
    }

    private static String reason(Throwable e) {
        return e == null || e.getMessage() == null ? "it does not say why" : e.getMessage();
    }
}
