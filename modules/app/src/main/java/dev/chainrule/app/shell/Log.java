package dev.chainrule.app.shell;

import dev.chainrule.config.ControlCharacters;
import dev.chainrule.config.compose.Secrets;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The log of everything that uses a {@link System.Logger}: warnings go to standard error, all but details to the run.log of every
 * open {@link RunLog}.
 *
 * <p>The JDK creates the only object, as its {@code System.LoggerFinder}, when a logger is first requested: a command that logs
 * nothing loads nothing. It takes the place of a library because the usual ones take about 60 ms of every run.
 */
public final class Log extends System.LoggerFinder {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final List<RunLog> files = new CopyOnWriteArrayList<>();
    private volatile Secrets secrets = new Secrets();
    private volatile boolean verbose;

    /** Return the log of this JVM; empty if another library has taken its place. */
    static Optional<Log> current() {
        return System.LoggerFinder.getLoggerFinder() instanceof Log log ? Optional.of(log) : Optional.empty();
    }

    /** Show everything down to debug level on standard error. */
    public static void showAll() {
        current().ifPresent(log -> log.verbose = true);
    }

    /** Hide secrets in everything that is logged from now on. */
    void hide(Secrets hidden) {
        secrets = hidden;
    }

    void add(RunLog file) {
        files.add(file);
    }

    void remove(RunLog file) {
        files.remove(file);
    }

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new Named(name);
    }

    private boolean isLogged(System.Logger.Level level) {
        return level.getSeverity() >= (verbose ? System.Logger.Level.DEBUG : System.Logger.Level.INFO).getSeverity();
    }

    private void log(String logger, System.Logger.Level level, String message, Throwable thrown) {
        String word = level == System.Logger.Level.WARNING ? "WARN" : level.name();
        if (verbose || level.getSeverity() >= System.Logger.Level.WARNING.getSeverity()) {
            System.err.print(shown(word + ": " + message + "\n"));
        }
        if (!files.isEmpty()) {
            String place = logger.substring(logger.lastIndexOf('.') + 1);
            String padded = word.length() < 5 ? word + " " : word;
            String line =
                    TIME.format(Instant.now()) + " " + padded + " " + place + " - " + message + "\n" + trace(thrown);
            files.forEach(file -> file.write(shown(line)));
        }
    }

    private String shown(String text) {
        return ControlCharacters.escape(secrets.hide(text));
    }

    private static String trace(Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }

    /** The logger of a name. */
    private final class Named implements System.Logger {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return level != Level.OFF && isLogged(level);
        }

        @Override
        public void log(Level level, ResourceBundle texts, String message, Throwable thrown) {
            if (isLoggable(level)) {
                Log.this.log(name, level, text(texts, message), thrown);
            }
        }

        @Override
        public void log(Level level, ResourceBundle texts, String format, Object... values) {
            if (isLoggable(level)) {
                String text = text(texts, format);
                boolean isFormat = values != null && values.length > 0;
                Log.this.log(name, level, isFormat ? MessageFormat.format(text, values) : text, null);
            }
        }

        private static String text(ResourceBundle texts, String key) {
            return texts != null && key != null && texts.containsKey(key) ? texts.getString(key) : String.valueOf(key);
        }
    }
}
