package dev.chainrule.app;

import dev.chainrule.api.error.CheckException;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.RunException;
import dev.chainrule.api.error.Suggestion;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.shell.PluginFailure;
import dev.chainrule.config.ConfigException;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.record.Blame;
import dev.chainrule.model.MemoryShortage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way from a command line to an exit code. Every failure becomes a message here and nowhere else. */
public final class Program {
    private final Context context;

    Program(Context context) {
        this.context = context;
    }

    /**
     * Run a command within this JVM, for code that is not a command line: {@code Program.run("run", "configs/xor.yaml")}.
     *
     * <p>It prints to {@link System#out} and {@link System#err}, starts no process and never ends the JVM. The kernels are the
     * vector ones if the JVM was started with {@code --add-modules jdk.incubator.vector}; the bits are the same without.
     *
     * @return the exit code that the command line would give
     */
    public static int run(String... args) {
        Context context = new Context(System.out, System.err, System.getenv(), Clock.systemUTC());
        int code = new Program(context).execute(Request.of(args));
        System.out.flush();
        return code;
    }

    /** Run a command and return its exit code. */
    int execute(Request request) {
        try {
            if (request.unknown().isPresent()) {
                report(unknown(request.unknown().get()));
                return ExitCode.INPUT;
            }
            Optional<Callable<Integer>> fast = FastPath.of(context, request);
            return fast.isPresent() ? fast.get().call() : new CommandLines(context, this).execute(request);
        } catch (Exception | Error e) {
            return failed(e);
        }
    }

    private static Problem unknown(String word) {
        List<String> known = KnownCommand.names();
        return Problem.error(
                "'" + word + "' is neither a command nor a config file",
                Suggestion.didYouMean(word, known) + "Commands: " + String.join(", ", known)
                        + ". See java -jar pipeline.jar --help.");
    }

    /** Return why a text cannot be the name of a file. */
    static String notAPath(InvalidPathException e) {
        return "'" + e.getInput() + "' is not a valid file name here: " + e.getReason()
                + (e.getInput().chars().allMatch(c -> c < 0x80)
                        ? ""
                        : "; non-English letters require a UTF-8 locale, such as LC_ALL=C.UTF-8");
    }

    /** Report the failure that ended a command, and return the exit code. */
    int failed(Throwable e) {
        if (e instanceof ConfigException config) {
            context.show(config.problems());
            return ExitCode.INPUT;
        }
        if (e instanceof InputException input) {
            report(Problem.of(input));
            return ExitCode.INPUT;
        }
        if (e instanceof CheckException) {
            report(Problem.error(e.getMessage()));
            return ExitCode.CHECK;
        }
        if (e instanceof RunException) {
            report(Problem.error(e.getMessage()));
            return ExitCode.FAILED;
        }
        Optional<PluginFailure> plugin = e instanceof PluginFailure failure
                ? Optional.of(failure)
                : PluginFailure.of(e, context.components().latest(), List.of());
        if (plugin.isPresent()) {
            report(plugin.get().problem(traceFile(plugin.get().getCause())));
            return ExitCode.FAILED;
        }
        if (e instanceof InvalidPathException path) {
            report(Problem.error(notAPath(path)));
            return ExitCode.INPUT;
        }
        if (e instanceof OutOfMemoryError memory) {
            MemoryShortage shortage = new MemoryShortage("");
            report(Problem.error(shortage.message(memory), shortage.remedy(memory)));
            return ExitCode.FAILED;
        }
        if (e instanceof IOException || e instanceof UncheckedIOException) {
            IOException io = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : (IOException) e;
            report(Problem.error("a file could not be read or written: " + AtomicFiles.reason(io)));
            return ExitCode.FAILED;
        }
        if (e instanceof LinkageError) {
            report(Problem.error(
                    "a plugin and this program are incompatible",
                    "The plugin was built for another version: rebuild it, or ask its author for a newer one.",
                    crashNote(e)));
            return ExitCode.FAILED;
        }
        report(Problem.error("this program or a plugin has a bug", crashNote(e)));
        return ExitCode.FAILED;
    }

    /** Report that a thread has died from an uncaught failure: the run continues if it was a plugin's thread. */
    void threadDied(Throwable e) {
        try {
            String who = PluginFailure.plugin(e, context.components().latest())
                    .map(blame -> "a thread of " + blame.subject() + " died: " + blame.reason())
                    .orElseGet(() -> "a thread died: " + Blame.of(e).message());
            context.warn(who + "; for details see " + traceFile(e));
        } catch (OutOfMemoryError nothingLeft) {
            // The thread that needs its work reports this, once it has released its own memory.
        }
    }

    /** A fault of this program deserves its stack trace, in a file that can be attached to a report. */
    private String crashNote(Throwable e) {
        return "Please report it and attach " + traceFile(e) + ".";
    }

    private String traceFile(Throwable e) {
        Logger logger = LoggerFactory.getLogger(Program.class);
        logger.info("fault", e);
        try {
            Path file = Files.createTempFile("chainrule-fault-", ".txt");
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace, true));
            Files.writeString(file, context.secrets().hide(trace.toString()));
            return file.toString();
        } catch (IOException io) {
            return "a file that could not be written";
        }
    }

    /** Show one problem. */
    void report(Problem problem) {
        Problems problems = new Problems();
        problems.add(problem);
        context.show(problems);
    }
}
