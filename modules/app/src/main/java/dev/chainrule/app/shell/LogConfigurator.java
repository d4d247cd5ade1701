package dev.chainrule.app.shell;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.chainrule.config.ControlCharacters;
import dev.chainrule.engine.files.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The configuration of the log: warnings go to standard error. In code, since reading XML would cost a tenth of a second at every
 * start.
 */
public final class LogConfigurator extends ContextAwareBase implements Configurator {
    static final String STDERR = "stderr";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setName(STDERR);
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder(context, "%level: %msg%n%nopex"));
        ThresholdFilter warnings = new ThresholdFilter();
        warnings.setLevel(Level.WARN.toString());
        warnings.start();
        appender.addFilter(warnings);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(appender);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    static PatternLayoutEncoder encoder(LoggerContext log, String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder() {
            @Override
            public byte[] encode(ILoggingEvent event) {
                return ControlCharacters.escape(
                                RunLog.withoutSecrets(log, getLayout().doLayout(event)))
                        .getBytes(StandardCharsets.UTF_8);
            }
        };
        encoder.setContext(log);
        encoder.setPattern(pattern);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.start();
        return encoder;
    }

    /** Return an encoder that writes an entry as an object: time, level, logger, message, and the error if there is one. */
    static EncoderBase<ILoggingEvent> jsonEncoder(LoggerContext log) {
        EncoderBase<ILoggingEvent> encoder = new EncoderBase<>() {
            @Override
            public byte[] headerBytes() {
                return new byte[0];
            }

            @Override
            public byte[] encode(ILoggingEvent event) {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("time", Instant.ofEpochMilli(event.getTimeStamp()).toString());
                entry.put("level", event.getLevel().toString());
                entry.put("logger", event.getLoggerName());
                entry.put("message", RunLog.withoutSecrets(log, event.getFormattedMessage()));
                if (event.getThrowableProxy() != null) {
                    String error = ThrowableProxyUtil.asString(event.getThrowableProxy());
                    entry.put("error", RunLog.withoutSecrets(log, error));
                }
                return (Json.line(entry) + "\n").getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public byte[] footerBytes() {
                return new byte[0];
            }
        };
        encoder.setContext(log);
        encoder.start();
        return encoder;
    }
}
