package dev.chainrule.app.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A second request to end, after which a process ends at once, told from the first.
 *
 * <p>Signals cannot be counted for that, since one request comes as several: a terminal sends Ctrl-C to a launcher and its child, the
 * launcher passes it on besides, and a program such as timeout sends each signal to a process and to its group. So whatever comes within
 * a moment is one request. A child, to which signals are passed on late on a busy machine, does not count at all: its launcher says by a
 * file that the second request has come.
 */
public final class SecondRequest {
    private static final long MOMENT_MILLISECONDS = 200;

    private final Optional<Path> launchers;
    private int first;

    private SecondRequest(Optional<Path> launchers) {
        this.launchers = launchers;
    }

    /** Begin to wait for one, within a shutdown hook. */
    public static SecondRequest await() {
        return new SecondRequest(
                Optional.ofNullable(System.getProperty(Child.SECOND_REQUEST)).map(Path::of));
    }

    /**
     * Return whether it has come; to be asked every few milliseconds.
     *
     * @param waited milliseconds since the waiting began
     */
    public boolean hasCome(long waited) {
        if (launchers.isPresent()) {
            return Files.exists(launchers.get());
        }
        int signals = EndingSignal.all().size();
        if (waited <= MOMENT_MILLISECONDS) {
            first = signals;
        }
        return signals > first;
    }

    /** Return the file by which this process tells a child of the second request; it does not exist yet. */
    static Path file() {
        return Path.of(
                System.getProperty("java.io.tmpdir"),
                "chainrule-"
                        .concat(Long.toString(ProcessHandle.current().pid()))
                        .concat("-")
                        .concat(Long.toHexString(System.nanoTime())));
    }

    /** Tell the child. */
    static void tell(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            // The child is not told, and is killed when it does not end.
        }
    }

    /** Delete the file when the child has ended. */
    static void forget(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // An empty file stays.
        }
    }
}
