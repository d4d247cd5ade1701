package dev.chainrule.app;

import dev.chainrule.app.testing.InProcess;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Command lines as documents write them, held against the commands and their options. */
final class DocumentedCommands {
    private static final Pattern PROGRAM = Pattern.compile("java .*-jar pipeline\\.jar (.*)");
    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
    /** A comment, or a word for the shell. */
    private static final Pattern REST = Pattern.compile("( {2,}|\\s[#>|<]).*");

    private static final Pattern CONFIG = Pattern.compile("\\S+\\.yaml|CONFIG|<config>");

    private final Map<String, CommandSpec> commands = new LinkedHashMap<>();

    DocumentedCommands() {
        CommandFactory factory = new CommandFactory(InProcess.context());
        commands.put("", new CommandLine(new RootCommand(), factory).getCommandSpec());
        for (KnownCommand known : KnownCommand.values()) {
            CommandLine command = new CommandLine(known.type(), factory);
            commands.put(known.word(), command.getCommandSpec());
            command.getSubcommands()
                    .forEach((sub, line) -> commands.put(known.word() + " " + sub, line.getCommandSpec()));
        }
    }

    /** Return the arguments of a command line of this program; empty if a code is none. */
    static Optional<String> arguments(String code) {
        Matcher program = PROGRAM.matcher(code);
        if (program.find()) {
            return Optional.of(program.group(1));
        }
        int end = code.indexOf(' ');
        return end > 0 && KnownCommand.names().contains(code.substring(0, end)) ? Optional.of(code) : Optional.empty();
    }

    /** Return the mistake in arguments; empty if all of it exists. */
    Optional<String> fault(String arguments) {
        String plain = REST.matcher(QUOTED.matcher(arguments).replaceAll("Q")).replaceAll("");
        List<String> words = Arrays.asList(plain.strip().split(" "));
        String first = words.get(0);
        String name = first.startsWith("-") ? "" : CONFIG.matcher(first).matches() ? "run" : first;
        if (words.size() > 1 && commands.containsKey(name + " " + words.get(1))) {
            name = name + " " + words.get(1);
        }
        CommandSpec command = commands.get(name);
        if (command == null) {
            return first.equals("…") ? Optional.empty() : Optional.of("not a command " + name);
        }
        return words.stream()
                .filter(word -> word.length() > 1 && word.startsWith("-"))
                .filter(option -> !command.optionsMap().containsKey(option.replaceFirst("=.*", "")))
                .map(option -> "no option " + option + " of " + command.name())
                .findFirst();
    }

    /** Return whether some command has an option. */
    boolean knows(String option) {
        return commands.values().stream()
                .anyMatch(command -> command.optionsMap().containsKey(option));
    }
}
