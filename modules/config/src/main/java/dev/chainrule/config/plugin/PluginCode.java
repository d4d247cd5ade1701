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

    private PluginCode() {}

    /** Run a plugin's code; a failure becomes a problem. */
    static void call(Origin origin, Problems problems, Runnable code) {
        try {
            code.run();
        } catch (UnsupportedClassVersionError e) {
            problems.add(problem(
                    origin,
                    e,
                    "the plugin needs a newer Java than this one, which is "
                            + Runtime.version().feature(),
                    "Run with a newer Java, or get the plugin built for this one."));
        } catch (LinkageError e) {
            problems.add(linkage(origin, e));
        } catch (ServiceConfigurationError e) {
            problems.add(service(origin, e));
        } catch (RuntimeException | StackOverflowError e) {
            problems.add(problem(origin, e, "the plugin failed while it was loaded: " + reason(e), AUTHOR));
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

    private static Problem service(Origin origin, ServiceConfigurationError e) {
        Throwable cause = e.getCause();
        if (cause instanceof LinkageError linkage) {
            return linkage(origin, linkage);
        }
        String message = cause == null
                ? "the file META-INF/services/dev.chainrule.api.Plugin is wrong: "
                        + e.getMessage().replaceFirst("^dev\\.chainrule\\.api\\.Plugin: ", "")
                : "the plugin failed while it was created: " + reason(cause);
        return problem(origin, e, message, AUTHOR);
    }

    private static Problem linkage(Origin origin, LinkageError e) {
        return problem(
                origin,
                e,
                "the plugin does not fit this Chainrule: " + reason(e) + " is missing or different",
                "Get the plugin built against this version; it may use only the plugin API, the matrices and what its own"
                        + " jar holds.");
    }

    private static Problem problem(Origin origin, Throwable cause, String message, String note) {
        return Problem.error(RegistryBuilder.place(origin), message, note).causedBy(cause);
    }

    private static String reason(Throwable e) {
        return e.getMessage() == null ? "it does not say why" : e.getMessage();
    }
}
