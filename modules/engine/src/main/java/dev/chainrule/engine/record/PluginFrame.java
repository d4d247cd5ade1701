package dev.chainrule.engine.record;

import dev.chainrule.engine.files.AtomicFiles;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The place in a plugin's code at which a failure began: the class loader of a plugin has the name of its jar.
 *
 * @param jar the file's name
 * @param frame the topmost of the plugin's calls
 * @param thrown by it, or through it
 */
public record PluginFrame(String jar, StackTraceElement frame, Throwable thrown) {
    private static final String JAR = ".jar";
    private static final int MOST_CAUSES = 16;

    /** Return the place of a failure; of a cause rather than of its consequence. Empty if no plugin took part. */
    public static Optional<PluginFrame> of(Throwable failure) {
        Optional<PluginFrame> deepest = Optional.empty();
        Throwable thrown = failure;
        for (int i = 0; i < MOST_CAUSES && thrown != null; i++) {
            List<StackTraceElement> frames = frames(thrown);
            boolean says = thrown.getMessage() != null || failure instanceof LinkageError;
            if (!frames.isEmpty() && (says || deepest.isEmpty())) {
                StackTraceElement first = frames.get(0);
                deepest = Optional.of(new PluginFrame(first.getClassLoaderName(), first, thrown));
            }
            thrown = thrown.getCause();
        }
        return deepest;
    }

    /** Return file and line, or class and method if the jar lacks them. */
    public String place() {
        return frame.getLineNumber() > 0
                ? frame.getFileName() + ":" + frame.getLineNumber()
                : frame.getClassName() + "." + frame.getMethodName();
    }

    /** Return why it failed, in words: {@code null pointer: Cannot invoke …}. */
    public String reason() {
        if (thrown instanceof IOException io) {
            return AtomicFiles.reason(io);
        }
        String kind = thrown.getClass()
                .getSimpleName()
                .replaceFirst("(Exception|Error)$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
        String message = thrown.getMessage() == null ? "" : thrown.getMessage();
        return kind + (kind.isEmpty() || message.isEmpty() ? "" : ": ") + message;
    }

    /** Return the outermost classes of the plugin that were at work, the topmost first. */
    public List<String> classes() {
        return frames(thrown).stream()
                .filter(one -> jar.equals(one.getClassLoaderName()))
                .map(one -> one.getClassName().replaceFirst("\\$.*", ""))
                .distinct()
                .toList();
    }

    private static List<StackTraceElement> frames(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .filter(frame -> frame.getClassLoaderName() != null
                        && frame.getClassLoaderName().endsWith(JAR))
                .toList();
    }
}
