package dev.chainrule.app;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/** Tell what the standard streams are connected to. */
final class Terminal {
    private static final int USUAL_WIDTH = 80;
    private static final int NARROWEST = 40;

    private Terminal() {}

    /** Return whether a person at a terminal reads the output and its control sequences work. */
    static boolean isInteractive(Map<String, String> environment) {
        String term = environment.getOrDefault("TERM", "");
        return hasConsole() && !term.isEmpty() && !term.equals("dumb");
    }

    /** Return whether messages may be coloured. */
    static boolean hasColour(Map<String, String> environment) {
        return isInteractive(environment)
                && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** Return the terminal's width in columns. */
    static int width(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("[0-9]{1,4}") ? Math.max(NARROWEST, Integer.parseInt(columns)) : USUAL_WIDTH;
    }

    /** From JDK 22 on there is a console object even where there is no terminal; only then is there the method to ask it. */
    private static boolean hasConsole() {
        if (System.console() == null) {
            return false;
        }
        try {
            return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(System.console());
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }
}
