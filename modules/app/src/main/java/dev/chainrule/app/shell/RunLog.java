package dev.chainrule.app.shell;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import dev.chainrule.config.compose.Secrets;
import dev.chainrule.engine.files.AtomicFiles;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** The log of a run in its run.log; warnings go to standard error too. */
public final class RunLog implements AutoCloseable {
    private static final String SECRETS = Secrets.class.getName();

    private final Logger root = root();
    private final FileAppender<ILoggingEvent> appender = new FileAppender<>();

    private RunLog(Path file) {
        LoggerContext context = root.getLoggerContext();
        appender.setContext(context);
        appender.setEncoder(LogConfigurator.encoder(
                context, "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSSX\", UTC} %-5level %logger{0} - %msg%n"));
        appender.setFile(file.toString());
        appender.start();
        root.addAppender(appender);
    }

    /** Begin to log into a file, after its content; a line that a killed process left unfinished ends there. */
    public static RunLog open(Path file) {
        AtomicFiles.endLine(file);
        return new RunLog(file);
    }

    /** Hide secrets in everything that is logged from now on, here and on standard error. */
    static void hide(Secrets secrets) {
        root().getLoggerContext().putObject(SECRETS, secrets);
    }

    /** Return a text of the log without the secrets. */
    static String withoutSecrets(LoggerContext context, String text) {
        return context.getObject(SECRETS) instanceof Secrets secrets ? secrets.hide(text) : text;
    }

    /** Show everything down to debug level on standard error. */
    public static void verbose() {
        root().setLevel(Level.DEBUG);
        root().getAppender(LogConfigurator.STDERR).clearAllFilters();
    }

    /** Write each entry on standard error as a line of JSON from now on. */
    public static void asJson() {
        if (root().getAppender(LogConfigurator.STDERR) instanceof OutputStreamAppender<ILoggingEvent> appender) {
            appender.setEncoder(LogConfigurator.jsonEncoder(root().getLoggerContext()));
        }
    }

    @Override
    public void close() {
        root.detachAppender(appender);
        appender.stop();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
