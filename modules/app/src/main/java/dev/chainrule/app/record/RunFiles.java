package dev.chainrule.app.record;

import dev.chainrule.api.error.InputException;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.WholeFile;
import dev.chainrule.engine.record.RunDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that a run wrote, also those that a killed one left half written. */
public final class RunFiles {
    private RunFiles() {}

    /** Return the files that lie in a run's directory itself, sorted. */
    public static List<Path> in(RunDirectory run) {
        try (Stream<Path> files = Files.list(run.path())) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new InputException("cannot look into " + run.path() + ": " + AtomicFiles.reason(e));
        }
    }

    /** Return the whole lines of a file, none of one that is not there; an incomplete last line is skipped. */
    public static List<String> lines(Path file) {
        try {
            String text = Files.exists(file) ? new String(WholeFile.bytes(file), StandardCharsets.UTF_8) : "";
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e)).inFile(file.toString());
        }
    }
}
