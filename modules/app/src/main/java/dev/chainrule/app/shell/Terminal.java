package dev.chainrule.app.shell;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Tell what the standard streams are connected to. */
public final class Terminal {
    private static final int USUAL_WIDTH = 80;
    private static final int NARROWEST = 40;

    private Terminal() {}

    /** Return whether a person at a terminal reads the output and its control sequences work. */
    public static boolean isInteractive(Map<String, String> environment) {
        String term = environment.getOrDefault("TERM", "");
        return hasConsole() && !term.isEmpty() && !term.equals("dumb");
    }

    /** Return whether messages may be coloured. */
    public static boolean hasColour(Map<String, String> environment) {
        return isInteractive(environment)
                && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** Return the terminal's width in columns: as COLUMNS says, else as the terminal itself does, else the usual one. */
    public static int width(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        if (!columns.matches("[0-9]{1,4}")) {
            columns = isInteractive(environment) ? askTerminal() : "";
        }
        return columns.isEmpty() ? USUAL_WIDTH : Math.max(NARROWEST, Integer.parseInt(columns));
    }

    /** Java cannot tell; where there is a terminal, there is stty, which prints rows and columns. */
    private static String askTerminal() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return answer.matches("[0-9]{1,4} [1-9][0-9]{0,3}") ? answer.substring(answer.indexOf(' ') + 1) : "";
        } catch (IOException e) {
            return "";
        }
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
