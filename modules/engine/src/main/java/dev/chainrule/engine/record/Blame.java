package dev.chainrule.engine.record;

import dev.chainrule.api.error.CheckException;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.RunException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The party or cause that ended a run early.
 *
 * @param who the party that has to act
 * @param jar the plugin's file; {@code ""} unless it is a plugin
 * @param component of the plugin, as {@code activation swish}; {@code ""} if unknown
 * @param place in the plugin's code, file and line; {@code ""} unless it is a plugin
 * @param message the event, in words
 */
public record Blame(Who who, String jar, String component, String place, String message) {
    /** The parties. */
    public enum Who {
        /** Config, data or a signal: the user can change it. */
        USER,
        /** Memory, disk, power. */
        MACHINE,
        /** A plugin's author has to correct it. */
        PLUGIN,
        /** A fault of this program. */
        PROGRAM
    }

    /** A judge of failures: it decides whose fault each one is. */
    @FunctionalInterface
    public interface Judge {
        /** Return the party to blame for a failure. */
        Blame blame(Throwable failure);
    }

    /** Return the blame of a party that is not a plugin. */
    public static Blame of(Who who, String message) {
        return new Blame(who, "", "", "", message);
    }

    /** Return the blame for a failure in which no plugin took part. */
    public static Blame of(Throwable cause) {
        String message = cause.getMessage() == null ? "an error of the program" : cause.getMessage();
        return of(who(cause), cause instanceof OutOfMemoryError ? "out of memory: " + message : message);
    }

    private static Who who(Throwable cause) {
        if (cause instanceof OutOfMemoryError
                || cause instanceof IOException
                || cause instanceof UncheckedIOException
                || cause instanceof RunException
                        && (cause.getCause() instanceof IOException || cause.getCause() instanceof OutOfMemoryError)) {
            return Who.MACHINE;
        }
        return cause instanceof InputException || cause instanceof CheckException || cause instanceof RunException
                ? Who.USER
                : Who.PROGRAM;
    }

    /** Return the same blame with another message. */
    public Blame saying(String other) {
        return new Blame(who, jar, component, place, other);
    }

    /** Return the plugin with its component: {@code activation swish of the plugin swish.jar}. */
    public String subject() {
        return (component.isEmpty() ? "" : component + " of ") + "the plugin " + jar;
    }

    /** Return it in one line: {@code stack overflow (swish.jar, Swish.java:12)}. */
    public String reason() {
        return who == Who.PLUGIN ? message + " (" + jar + ", " + place + ")" : message;
    }

    /** Return the facts for run.json. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("who", who.name().toLowerCase(Locale.ROOT));
        if (who == Who.PLUGIN) {
            json.put("jar", jar);
            json.put("component", component);
            json.put("place", place);
        }
        json.put("message", message);
        return json;
    }
}
