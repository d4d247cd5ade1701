package dev.chainrule.app.record;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.Suggestion;
import dev.chainrule.app.shell.Context;
import dev.chainrule.engine.files.FolderLock;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The run that a command line means: {@code latest}, a run's directory, a folder of runs, or a run's name.
 *
 * <p>Of several, the most recent is taken; one whose record is damaged or of a time to come is skipped with a warning. What exists as a path is a path first.
 */
public final class RunLookup {
    /** The directory of a run whose user chose none: {@code 20260102-030405-01234567}, perhaps with a number more. */
    private static final Pattern TIMED = Pattern.compile("([0-9]{8}-[0-9]{6})-[0-9a-f]{8}(?:-([0-9]+))?");

    private static final String LATEST = "latest";
    private static final int MOST_LISTED = 10;

    /** Clocks of machines that share a folder of runs differ by less. */
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    private final String now;
    private final Consumer<String> warn;

    private RunLookup(Instant now, Consumer<String> warn) {
        this.now = named(now.plus(CLOCKS).toString());
        this.warn = warn;
    }

    /**
     * Find a run.
     *
     * @param runs where runs are kept
     * @throws InputException if there is no such run
     */
    public static RunDirectory find(Path runs, String text, Context context) {
        return search(runs, text, context).orElseThrow(() -> absent(runs, text));
    }

    /** Return the given run, if there is one. */
    public static Optional<RunDirectory> search(Path runs, String text, Context context) {
        return new RunLookup(context.clock().instant(), context::warn).search(runs, text);
    }

    /** Return the run that {@link #find} would find, without its warnings. */
    public static Optional<RunDirectory> quietly(Path runs, String text, Instant now) {
        return new RunLookup(now, warning -> {}).search(runs, text);
    }

    private Optional<RunDirectory> search(Path runs, String text) {
        if (text.equals(LATEST)) {
            return mostRecent(RunDirectory.all(runs));
        }
        Path path = Path.of(text);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return at(path).or(() -> path.isAbsolute() ? Optional.empty() : at(runs.resolve(path)));
    }

    private Optional<RunDirectory> at(Path path) {
        RunDirectory run = new RunDirectory(path);
        return Files.isRegularFile(run.record()) ? Optional.of(run) : mostRecent(RunDirectory.all(path));
    }

    /**
     * Return the run that began last by its record. Directories are named by that time, so few records are read: those of the runs
     * whose names are not older than the best record so far. If no run is usable, the first is returned, so that a command says what
     * is wrong with it.
     */
    private Optional<RunDirectory> mostRecent(List<RunDirectory> all) {
        if (all.size() < 2) {
            return all.stream().findFirst();
        }
        List<Dated> youngestFirst = IntStream.range(0, all.size())
                .mapToObj(i -> new Dated(all.get(i), named(all.get(i)), attempt(all.get(i)), i))
                .sorted(Dated.ORDER.reversed())
                .toList();
        Optional<Dated> best = Optional.empty();
        for (Dated run : youngestFirst) {
            if (best.isPresent() && best.get().started().compareTo(run.started()) >= 0) {
                break;
            }
            Optional<Dated> usable = usable(run);
            if (usable.isPresent() && (best.isEmpty() || Dated.ORDER.compare(usable.get(), best.get()) > 0)) {
                best = usable;
            }
        }
        return best.or(() -> youngestFirst.stream().findFirst()).map(Dated::run);
    }

    /** Return a run as its record dates it; nothing, with a warning, if it cannot be the most recent. */
    private Optional<Dated> usable(Dated run) {
        String started;
        try {
            started = named(RunRecord.read(run.run()).text("started"));
        } catch (InputException e) {
            warn.accept("skipped run " + run.run().path() + ": " + e.getMessage());
            return Optional.empty();
        }
        Dated dated = started.isEmpty() ? run : new Dated(run.run(), started, run.attempt(), run.place());
        if (dated.started().compareTo(now) > 0) {
            warn.accept("skipped run " + run.run().path() + ": according to its record, it began in the future. "
                    + "To use it anyway, give its path.");
            return Optional.empty();
        }
        return Optional.of(dated);
    }

    /** A run with the facts that it is ordered by. */
    private record Dated(RunDirectory run, String started, int attempt, int place) {
        static final Comparator<Dated> ORDER = Comparator.comparing(Dated::started)
                .thenComparing(Dated::attempt)
                .thenComparing(Dated::place);
    }

    /** Return when a run began, in UTC: from its directory's name, else from its record; nothing where that is damaged. */
    private static String named(RunDirectory run) {
        Matcher timed = TIMED.matcher(name(run));
        if (timed.matches()) {
            return timed.group(1);
        }
        try {
            return named(RunRecord.read(run).text("started"));
        } catch (InputException e) {
            return "";
        }
    }

    /** Return a time of a record as directories are named by it. */
    private static String named(String started) {
        return started.replaceFirst("^(\\d+)-(\\d+)-(\\d+)T(\\d+):(\\d+):(\\d+).*", "$1$2$3-$4$5$6");
    }

    private static int attempt(RunDirectory run) {
        Matcher timed = TIMED.matcher(name(run));
        return timed.matches() && timed.group(2) != null ? Integer.parseInt(timed.group(2)) : 1;
    }

    private static String name(RunDirectory run) {
        return run.path().toAbsolutePath().normalize().getFileName().toString();
    }

    private static InputException absent(Path runs, String text) {
        if (text.equals(LATEST)) {
            return new InputException(
                    "no run under " + runs, "Train one first: java -jar pipeline.jar configs/mnist.yaml");
        }
        Path path = Path.of(text);
        if (!text.isEmpty() && Files.exists(path)) {
            return new InputException(
                    "'" + text + "' is not a run: it has no run.json",
                    Files.exists(path.resolve(FolderLock.FILE))
                            ? "It is just starting, or was killed while starting; in that case, run its config again."
                            : "Give a run's name or directory, or 'latest' for the most recent run under " + runs
                                    + ".");
        }
        List<String> names = names(runs);
        boolean isName = path.getNameCount() == 1 && !path.isAbsolute();
        return new InputException(
                isName ? "there is no run called '" + text + "'" : "'" + text + "' is not a run: it does not exist",
                Suggestion.didYouMean(
                                path.getFileName() == null
                                        ? ""
                                        : path.getFileName().toString(),
                                names)
                        + known(runs, names));
    }

    private static String known(Path runs, List<String> names) {
        if (names.isEmpty()) {
            return "There are no runs under " + runs + ".";
        }
        return "Runs under " + runs + ": "
                + String.join(", ", names.subList(0, Math.min(MOST_LISTED, names.size())))
                + (names.size() > MOST_LISTED ? ", …" : "") + ".";
    }

    /** Return the names under which runs are kept, sorted. */
    private static List<String> names(Path runs) {
        return RunDirectory.all(runs).stream()
                .map(run -> runs.relativize(run.path()))
                .filter(path -> !path.toString().isEmpty())
                .map(path -> path.getName(0).toString())
                .distinct()
                .toList();
    }
}
