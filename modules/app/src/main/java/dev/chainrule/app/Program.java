package dev.chainrule.app;

import dev.chainrule.api.CheckException;
import dev.chainrule.api.InputException;
import dev.chainrule.api.RunException;
import dev.chainrule.config.ConfigException;
import dev.chainrule.config.Mark;
import dev.chainrule.config.Problem;
import dev.chainrule.config.ProblemPrinter;
import dev.chainrule.config.Problems;
import dev.chainrule.config.Source;
import dev.chainrule.engine.AtomicFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Take a command line to an exit code. Whatever goes wrong becomes a message here and nowhere else. */
final class Program {
    private static final List<String> ANSWERED_BY_ROOT = List.of("-h", "--help", "-V", "--version");

    private final Context context;
    private final boolean colour;

    Program(Context context) {
        this.context = context;
        this.colour = Terminal.hasColour(context.environment());
    }

    /** Run a command and return its exit code. */
    int execute(String... args) {
        CommandLine commands = commands();
        String[] completed = withCommand(args, commands);
        return commands.execute(completed);
    }

    private CommandLine commands() {
        CommandLine commands = new CommandLine(new RootCommand(), new CommandFactory(context));
        commands.setOut(new PrintWriter(context.out(), true, StandardCharsets.UTF_8));
        commands.setErr(new PrintWriter(context.err(), true, StandardCharsets.UTF_8));
        commands.setColorScheme(CommandLine.Help.defaultColorScheme(colour ? Ansi.ON : Ansi.OFF));
        commands.setUsageHelpLongOptionsMaxWidth(24);
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setParameterExceptionHandler((e, args) -> wrongArguments(e, args));
        commands.setExecutionExceptionHandler((e, command, parsed) -> failed(e));
        return commands;
    }

    /** Let {@code pipeline.jar CONFIG} mean {@code pipeline.jar run CONFIG}. */
    private static String[] withCommand(String[] args, CommandLine commands) {
        if (args.length == 0
                || ANSWERED_BY_ROOT.contains(args[0])
                || commands.getSubcommands().containsKey(args[0])) {
            return args;
        }
        List<String> completed = new ArrayList<>(List.of("run"));
        completed.addAll(Arrays.asList(args));
        return completed.toArray(new String[0]);
    }

    private int wrongArguments(CommandLine.ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        boolean looksLikeCommand = args.length > 1
                && args[0].equals("run")
                && args[1].matches("[a-z-]+")
                && !Files.exists(Path.of(args[1]));
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched && !looksLikeCommand) {
            List<String> suggestions = unmatched.getSuggestions();
            report(Problem.error(
                    "unknown argument '" + unmatched.getUnmatched().get(0) + "'",
                    (suggestions.isEmpty() ? "" : "Did you mean '" + suggestions.get(0) + "'? ") + help(command)));
        } else if (looksLikeCommand) {
            report(Commands.unknown(args[1]));
        } else {
            String message = e.getMessage().replaceAll("\\s+", " ");
            report(Problem.error(
                    Character.toLowerCase(message.charAt(0))
                            + message.substring(1).replaceFirst("\\.$", ""),
                    help(command)));
        }
        return ExitCode.INPUT;
    }

    private static String help(CommandLine command) {
        return "See java -jar pipeline.jar " + (command.getParent() == null ? "" : command.getCommandName() + " ")
                + "--help.";
    }

    private int failed(Exception e) {
        if (e instanceof ConfigException config) {
            report(config.problems());
            return ExitCode.INPUT;
        }
        if (e instanceof InputException input) {
            report(new Problem(
                    Problem.Severity.ERROR,
                    input.file().map(file -> Mark.whole(Source.named(file))),
                    input.configPath().orElse(""),
                    input.getMessage(),
                    input.notes(),
                    Optional.of(input)));
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
        if (e instanceof UncheckedIOException io) {
            report(Problem.error(AtomicFiles.reason(io.getCause())));
            return ExitCode.FAILED;
        }
        report(Problem.error("this program or a plugin has a fault: " + e, crashNote(e)));
        return ExitCode.FAILED;
    }

    /** A fault of ours deserves its stack trace, in a file that a report can carry. */
    private static String crashNote(Exception e) {
        Logger logger = LoggerFactory.getLogger(Program.class);
        logger.info("fault", e);
        try {
            Path file = Files.createTempFile("chainrule-fault-", ".txt");
            try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(file))) {
                e.printStackTrace(writer);
            }
            return "Please report it with the file " + file + ".";
        } catch (IOException io) {
            return "Its stack trace could not be written: " + AtomicFiles.reason(io) + ".";
        }
    }

    private void report(Problem problem) {
        Problems problems = new Problems();
        problems.add(problem);
        report(problems);
    }

    private void report(Problems problems) {
        context.out().flush();
        context.err().print(new ProblemPrinter(colour).print(problems));
        context.err().flush();
    }
}
