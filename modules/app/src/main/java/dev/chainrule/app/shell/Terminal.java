package dev.chainrule.app.shell;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;

/** The properties of the terminal to which the standard streams are connected, if there is one. */
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

    /**
     * Return whether characters beyond ASCII are shown as they are: this program writes UTF-8, which the console of Windows and a
     * system without a locale do not expect. From JDK 19 on, stdout.encoding is that of the terminal; native.encoding is that of the
     * system.
     */
    public static boolean showsUnicode() {
        String encoding = System.getProperty("stdout.encoding", System.getProperty("native.encoding", ""));
        return encoding.equalsIgnoreCase(StandardCharsets.UTF_8.name());
    }

    /** Return the terminal's width in columns: that of COLUMNS, else that of the terminal itself, else the usual one. */
    public static int width(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        if (!columns.matches("[0-9]{1,4}")) {
            columns = isInteractive(environment) ? askTerminal() : "";
        }
        return columns.isEmpty() ? USUAL_WIDTH : Math.max(NARROWEST, Integer.parseInt(columns));
    }

    /** Return the maximum length of lines: the terminal's width, and unlimited if the output goes elsewhere. */
    public static int room(Map<String, String> environment) {
        return isInteractive(environment) ? width(environment) : Integer.MAX_VALUE;
    }

    /** Return a width that follows the window: the terminal is asked again after each change of its size. */
    public static IntSupplier currentWidth(Map<String, String> environment) {
        if (!isInteractive(environment)) {
            int width = width(environment);
            return () -> width;
        }
        return new FollowedWidth(width(environment));
    }

    /** A width that is stale once the window has changed: from then on COLUMNS is ignored. */
    private static final class FollowedWidth implements IntSupplier {
        private final AtomicBoolean stale = new AtomicBoolean();
        private volatile int width;

        FollowedWidth(int width) {
            this.width = width;
            hear();
        }

        /**
         * By reflection, since the compiler warns about the class by its name in any case. If there is no such signal, the width
         * stays.
         */
        private void hear() {
            try {
                Class<?> signal = Class.forName("sun.misc.Signal");
                Class<?> handler = Class.forName("sun.misc.SignalHandler");
                Object heard = Proxy.newProxyInstance(
                        handler.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                            if (method.getDeclaringClass() == Object.class) {
                                return method.invoke(stale, arguments);
                            }
                            stale.set(true);
                            return null;
                        });
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance("WINCH"), heard);
            } catch (ReflectiveOperationException e) {
                stale.set(false);
            }
        }

        @Override
        public int getAsInt() {
            if (stale.getAndSet(false)) {
                String columns = askTerminal();
                width = columns.isEmpty() ? width : Math.max(NARROWEST, Integer.parseInt(columns));
            }
            return width;
        }
    }

    /** Java does not know the width; a system with a terminal has stty, which prints rows and columns. */
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

    /** From JDK 22 on there is a console object even without a terminal; only then is there the method to ask it. */
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
