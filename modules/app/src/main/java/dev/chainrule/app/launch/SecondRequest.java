package dev.chainrule.app.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A second request to end, after which a process ends at once, distinguished from the first.
 *
 * <p>Counting signals is not enough, since one request arrives as several: a terminal sends Ctrl-C to a launcher and its child, the
 * launcher relays it in addition, and a program such as timeout sends each signal to a process and to its group. So all signals
 * within a moment are one request. A child, which on a busy machine may receive relayed signals late, does not count at all: its
 * launcher reports the second request by a file.
 */
public final class SecondRequest {
    private static final long MOMENT_MILLISECONDS = 200;

    private final Optional<Path> launchers;
    private final long begun = System.nanoTime();
    /** The signals of the first request; unknown before the first look. */
    private OptionalInt first = OptionalInt.empty();

    private SecondRequest(Optional<Path> launchers) {
        this.launchers = launchers;
    }

    /** Begin to wait for a second request, within a shutdown hook. */
    public static SecondRequest await() {
        return new SecondRequest(
                Optional.ofNullable(System.getProperty(Child.SECOND_REQUEST)).map(Path::of));
    }

    /** Return the milliseconds since the waiting began, by the clock: on a busy machine a thread that sleeps wakes up late. */
    public long waited() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    /** Return whether it has arrived; call this every few milliseconds. */
    public boolean hasCome() {
        if (launchers.isPresent()) {
            return Files.exists(launchers.get());
        }
        int signals = EndingSignal.all().size();
        if (first.isEmpty() || waited() <= MOMENT_MILLISECONDS) {
            first = OptionalInt.of(signals);
        }
        return signals > first.getAsInt();
    }

    /** Return the file by which this process reports the second request to a child; it does not exist yet. */
    static Path file() {
        return Path.of(
                System.getProperty("java.io.tmpdir"),
                "chainrule-" + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()));
    }

    /** Report the second request to the child. */
    static void tell(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            // The child does not learn of it, and is killed if it does not end.
        }
    }

    /** Delete the file when the child has ended. */
    static void forget(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // An empty file remains.
        }
    }
}
