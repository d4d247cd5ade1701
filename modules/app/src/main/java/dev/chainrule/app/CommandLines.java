package dev.chainrule.app;

import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.shell.Terminal;
import dev.chainrule.config.Problem;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The reader of command lines, whose options are declared by annotations of the commands. */
final class CommandLines {
    /** The library's message about a value that is not one of several words. */
    private static final Pattern CHOICE = Pattern.compile("expected one of \\[(.*)] \\(case-.*\\) but was (.*)");

    private final Context context;
    private final Program program;

    /**
     * Create a reader.
     *
     * @param program reports errors
     */
    CommandLines(Context context, Program program) {
        this.context = context;
        this.program = program;
    }

    /** Run the requested command and return its exit code. */
    int execute(Request request) {
        // Only the requested command is loaded: reading the options of all adds a third of a second to the start.
        List<KnownCommand> known = request.command().map(List::of).orElseGet(() -> List.of(KnownCommand.values()));
        return commandLine(known).execute(request.arguments().toArray(String[]::new));
    }

    private CommandLine commandLine(List<KnownCommand> known) {
        CommandFactory factory = new CommandFactory(context);
        CommandLine commands = new CommandLine(new RootCommand(), factory);
        known.forEach(command -> commands.addSubcommand(new CommandLine(command.type(), factory)));
        commands.setOut(new PrintWriter(context.out(), true, StandardCharsets.UTF_8));
        commands.setErr(new PrintWriter(context.err(), true, StandardCharsets.UTF_8));
        commands.registerConverter(Path.class, CommandLines::path);
        commands.registerConverter(Integer.class, CommandLines::number);
        commands.setColorScheme(
                CommandLine.Help.defaultColorScheme(Terminal.hasColour(context.environment()) ? Ansi.ON : Ansi.OFF));
        commands.setUsageHelpLongOptionsMaxWidth(24);
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setParameterExceptionHandler((e, args) -> wrongArguments(e));
        commands.setExpandAtFiles(false);
        commands.setExecutionExceptionHandler((e, command, parsed) -> program.failed(e));
        style(commands);
        return commands;
    }

    private static void style(CommandLine command) {
        command.getCommandSpec().versionProvider(new RootCommand.Version());
        command.getCommandSpec()
                .usageMessage()
                .descriptionHeading("%n")
                .parameterListHeading("%n")
                .optionListHeading("%n");
        command.getSubcommands().values().forEach(CommandLines::style);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new CommandLine.TypeConversionException(Program.notAPath(e));
        }
    }

    private static Integer number(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new CommandLine.TypeConversionException("'" + text + "' is not a whole number");
        }
    }

    private int wrongArguments(CommandLine.ParameterException e) {
        CommandLine command = e.getCommandLine();
        List<String> unmatched = command.getUnmatchedArguments();
        if (!unmatched.isEmpty()) {
            String argument = unmatched.get(0);
            List<String> suggestions = new CommandLine.UnmatchedArgumentException(command, unmatched).getSuggestions();
            program.report(Problem.error(
                    (argument.startsWith("-") ? "unknown option '" : "unexpected argument '") + argument + "'",
                    (suggestions.isEmpty() ? "" : "Did you mean '" + suggestions.get(0) + "'? ") + help(command)));
        } else {
            String message = CHOICE.matcher(e.getMessage().replaceAll("\\s+", " "))
                    .replaceFirst(choice -> Matcher.quoteReplacement(choice.group(2) + " is not one of "
                            + choice.group(1).toLowerCase(Locale.ROOT)));
            program.report(Problem.error(
                    Character.toLowerCase(message.charAt(0))
                            + message.substring(1).replaceFirst("\\.$", ""),
                    help(command)));
        }
        return ExitCode.INPUT;
    }

    private static String help(CommandLine command) {
        return "See " + command.getCommandSpec().qualifiedName() + " --help.";
    }
}
