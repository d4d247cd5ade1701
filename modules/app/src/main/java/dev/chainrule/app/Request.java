package dev.chainrule.app;

import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A request to the program.
 *
 * @param command empty if the program as a whole is addressed, or if the first argument is an unknown word
 * @param arguments begin with the name of the command, if there is one
 */
record Request(Optional<KnownCommand> command, List<String> arguments) {
    private static final List<String> VERSION = List.of("-V", "--version");
    private static final List<String> ANSWERED_AT_ONCE = List.of("-h", "--help", "-V", "--version");

    /** Read arguments; complete {@code pipeline.jar CONFIG} to {@code pipeline.jar run CONFIG}. */
    static Request of(String... args) {
        List<String> given = List.of(args);
        if (given.isEmpty() || ANSWERED_AT_ONCE.contains(given.get(0))) {
            return new Request(Optional.empty(), given);
        }
        Optional<KnownCommand> command = KnownCommand.of(given.get(0));
        if (command.isPresent() || isMisspelt(given.get(0))) {
            return new Request(command, given);
        }
        List<String> completed = new ArrayList<>(List.of(KnownCommand.RUN.word()));
        completed.addAll(given);
        return new Request(Optional.of(KnownCommand.RUN), completed);
    }

    private static boolean isMisspelt(String word) {
        return !new File(word).exists() && word.matches("[A-Za-z][A-Za-z-]*");
    }

    /** Return the first argument if it is neither a command nor a file that could be a config. */
    Optional<String> unknown() {
        return command.isPresent() || arguments.isEmpty() || ANSWERED_AT_ONCE.contains(arguments.get(0))
                ? Optional.empty()
                : Optional.of(arguments.get(0));
    }

    /** Return whether it is for the version alone. */
    boolean isVersion() {
        return arguments.size() == 1 && VERSION.contains(arguments.get(0));
    }

    /** Return whether it computes, which only a second JVM with fast kernels does fast. */
    boolean computes() {
        return command.filter(KnownCommand::computes).isPresent() && Collections.disjoint(arguments, ANSWERED_AT_ONCE);
    }

    /** Return whether it trains a network. */
    boolean trains() {
        return computes() && command.filter(KnownCommand::trains).isPresent();
    }
}
