package dev.chainrule.app.shell;

import dev.chainrule.engine.files.AtomicFiles;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The file of a run with everything that is logged while it is open. */
public final class RunLog implements AutoCloseable {
    private final OutputStream out;

    private RunLog(OutputStream out) {
        this.out = out;
    }

    /** Begin to log into a file, after its content; a line that a killed process left unfinished ends there. */
    public static RunLog open(Path file) {
        AtomicFiles.endLine(file);
        try {
            // No channel, which an interrupted thread would close.
            RunLog log = new RunLog(new FileOutputStream(file.toFile(), true));
            Log.current().ifPresent(all -> all.add(log));
            return log;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Append a text. If the disk is full, the run continues without it. */
    synchronized void write(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // Everything that a run needs is written elsewhere, where a failure is reported.
        }
    }

    @Override
    public void close() {
        Log.current().ifPresent(all -> all.remove(this));
        synchronized (this) {
            try {
                out.close();
            } catch (IOException e) {
                // as in write
            }
        }
    }
}
