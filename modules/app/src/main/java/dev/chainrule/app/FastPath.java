package dev.chainrule.app;

import dev.chainrule.app.command.RunCommand;
import dev.chainrule.app.command.ValidateCommand;
import dev.chainrule.app.shell.Context;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The commands that people wait for, created without a command line if their arguments are only names of configs: reading the
 * declarations of absent options takes longer than checking a config.
 */
final class FastPath {
    private FastPath() {}

    /** Return the command with the defaults of all options; empty if the arguments contain more than names. */
    static Optional<Callable<Integer>> of(Context context, Request request) {
        List<String> arguments = request.arguments();
        if (request.command().isEmpty() || arguments.size() < 2) {
            return Optional.empty();
        }
        List<String> names = arguments.subList(1, arguments.size());
        if (!names.stream().allMatch(FastPath::isName)) {
            return Optional.empty();
        }
        return switch (request.command().get()) {
            case VALIDATE -> Optional.of(new ValidateCommand(context, names));
            case RUN ->
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
