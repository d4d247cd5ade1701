package dev.chainrule.app.shell;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.RunException;
import dev.chainrule.engine.files.AtomicFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a command writes where {@code --output} says. */
public final class OutputFile {
    private OutputFile() {}

    /**
     * Write a text, as a whole.
     *
     * @throws InputException if it cannot be written
     */
    public static void write(Path file, String text) {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Write bytes, as a whole.
     *
     * @throws InputException if they cannot be written
     */
    public static void write(Path file, byte[] bytes) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
                // A device or pipe, such as /dev/stdout, is written to directly; a rename would replace it by a file.
                Files.write(file, bytes);
            } else {
                AtomicFiles.write(file, ByteBuffer.wrap(bytes));
            }
        } catch (IOException e) {
            throw cannotWrite(file, e);
        } catch (RunException e) {
            throw e.getCause() instanceof IOException io ? cannotWrite(file, io) : e;
        }
    }

    private static InputException cannotWrite(Path file, IOException e) {
        return new InputException(
                "cannot write " + file + ": " + AtomicFiles.reason(e), "Choose another file with --output.");
    }
}
