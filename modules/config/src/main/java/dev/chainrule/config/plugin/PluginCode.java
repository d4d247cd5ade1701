package dev.chainrule.config.plugin;

import dev.chainrule.api.Api;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.config.registry.Origin;
import dev.chainrule.config.registry.RegistryBuilder;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls of plugins' code whose failures become problems instead of ending the program. */
public final class PluginCode {
    static final String INTERNAL = "internal to Chainrule";
    /** Advice for plugins that use internal classes. */
    static final String VISIBLE =
            "Plugins see all of dev.chainrule.api, and of dev.chainrule.math " + String.join(", ", Api.MATH) + ".";

    private static final String AUTHOR = "Its author must correct this (see docs/PLUGINS.md).";
    /** The message of a class file for a newer Java; its major version is that of Java plus 44. */
    private static final Pattern VERSION = Pattern.compile("^(\\S+) .*class file version (\\d+)\\.");

    private static final int BEFORE_JAVA_1 = 44;

    private PluginCode() {}

    /** Run a plugin's code while it is loaded; a failure becomes a problem. Return whether it succeeded. */
    static boolean call(Origin origin, Problems problems, Runnable code) {
        return call(origin, "the plugin failed to load", problems, code);
    }

    /**
     * Run a plugin's code; a failure becomes a problem.
     *
     * @param failed the start of the message: {@code the plugin failed to load}
     * @return whether it succeeded
     */
    public static boolean call(Origin origin, String failed, Problems problems, Runnable code) {
        try {
            code.run();
            return true;
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            problems.add(problem(origin, failed + ": ", e));
            return false;
        }
    }

    /** Return a throwable as an unchecked exception; an error is thrown at once. */
    static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException runtime
                ? runtime
                : new IllegalStateException(thrown.getMessage(), thrown);
    }

    /** Return whether a plugin was compiled against our API; report it if not. */
    static boolean hasOurLevel(FoundPlugin found, Problems problems) {
        int level = found.plugin().apiLevel();
        if (level == Api.LEVEL) {
            return true;
        }
        String message = "the plugin is made for level " + level + " of the plugin API, but this Chainrule has level "
                + Api.LEVEL;
        String advice =
                level > Api.LEVEL ? "Get a newer Chainrule." : "Get a newer version of the plugin, or rebuild it.";
        problems.add(Problem.error(RegistryBuilder.place(found.origin()), message, advice));
        return false;
    }

    private static Problem problem(Origin origin, String failed, Throwable e) {
        if (e instanceof ExceptionInInitializerError) {
            return problem(origin, e, failed + origin.reason(e), AUTHOR);
        }
        if (e instanceof UnsupportedClassVersionError) {
            return problem(
                    origin,
                    e,
                    "the plugin requires a newer Java: " + compiledFor(e.getMessage()) + ", but this is Java "
                            + Runtime.version().feature(),
                    "Run with a newer Java, or rebuild the plugin for this one (javac --release).");
        }
        // The JVM reports a class that exists but cannot be unpacked as missing.
        boolean unpacked = e.getCause() == null || !(e.getCause().getCause() instanceof IOException);
        if (e instanceof ClassFormatError || !unpacked) {
            return problem(origin, e, "a class in the jar is damaged", "Copy or rebuild it.");
        }
        if (e instanceof NoClassDefFoundError missing && missing.getMessage() != null) {
            return wanting(origin, failed, missing);
        }
        if (e instanceof LinkageError) {
            return different(origin, e, Origin.message(e));
        }
        if (e instanceof StackOverflowError) {
            return problem(origin, e, failed + "infinite recursion", AUTHOR);
        }
        return problem(origin, e, failed + origin.reason(e), AUTHOR);
    }

    private static Problem problem(Origin origin, Throwable cause, String message, String... notes) {
        return Problem.error(RegistryBuilder.place(origin), message, notes).causedBy(cause);
    }

    private static Problem wanting(Origin origin, String failed, NoClassDefFoundError e) {
        String name = e.getMessage().replace('/', '.');
        int wrong = name.indexOf(" (wrong name: ");
        if (wrong >= 0) {
            return problem(
                    origin,
                    e,
                    "the class file " + e.getMessage().substring(0, wrong) + ".class contains another class, "
                            + name.substring(wrong + " (wrong name: ".length(), name.length() - 1),
                    "The jar must begin with the folder of the first package. " + AUTHOR);
        }
        if (Api.shows(name)) {
            return different(origin, e, "the class " + name);
        }
        if (Api.hides(name)) {
            return problem(origin, e, "the plugin requires the class " + name + ", which is " + INTERNAL, VISIBLE);
        }
        return name.startsWith("Could not initialize class")
                ? problem(origin, e, failed + Origin.message(e), AUTHOR)
                : problem(
                        origin,
                        e,
                        "the plugin requires the class " + name + ", which its jar does not contain",
                        "Plugins see the JDK, the plugin API, the matrices, EJML and their own jars: put the "
                                + "library's jar and the plugin's into one folder, or merge them into one jar.");
    }

    private static Problem different(Origin origin, Throwable cause, String what) {
        return problem(
                origin,
                cause,
                "the plugin does not fit this Chainrule: " + what + " is missing or different",
                "Rebuild the plugin against this version.");
    }

    private static String compiledFor(String message) {
        Matcher matcher = VERSION.matcher(message);
        return matcher.find()
                ? "its class " + matcher.group(1).replace('/', '.') + " is compiled for Java "
                        + (Integer.parseInt(matcher.group(2)) - BEFORE_JAVA_1)
                : "a class of it is compiled for that";
    }
}
