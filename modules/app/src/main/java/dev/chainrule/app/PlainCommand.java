package dev.chainrule.app;

import dev.chainrule.app.command.RunCommand;
import dev.chainrule.app.command.ValidateCommand;
import dev.chainrule.app.shell.Context;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Begin the commands that people wait for without a command line, where their arguments are names of configs alone: to read the
 * declarations of options that are not given takes longer than to check a config.
 */
final class PlainCommand {
    private PlainCommand() {}

    /** Return the command, all of whose options have their defaults; empty if the arguments say more. */
    static Optional<Callable<Integer>> of(Context context, String... args) {
        if (args.length < 2) {
            return Optional.empty();
        }
        List<String> names = Arrays.asList(args).subList(1, args.length);
        if (!names.stream().allMatch(PlainCommand::isName)) {
            return Optional.empty();
        }
        return switch (args[0]) {
            case "validate" -> Optional.of(new ValidateCommand(context, names));
            case "run" ->
                names.size() > 1 ? Optional.empty() : Optional.of(new RunCommand(context, Path.of(names.get(0))));
            default -> Optional.empty();
        };
    }

    private static boolean isName(String argument) {
        try {
            return !Path.of(argument).toString().isEmpty() && !argument.startsWith("-");
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
