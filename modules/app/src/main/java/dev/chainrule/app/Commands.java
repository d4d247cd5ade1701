package dev.chainrule.app;

import dev.chainrule.config.Problem;
import dev.chainrule.config.bind.Suggestion;
import java.util.List;

/** Name the commands for messages. */
final class Commands {
    static final List<String> NAMES = List.of(
            "run",
            "resume",
            "rerun",
            "verify",
            "diff",
            "runs",
            "validate",
            "describe",
            "explain",
            "evaluate",
            "predict",
            "gradcheck",
            "plugins",
            "schema",
            "init");

    private Commands() {}

    /** Return the answer to a word that is neither a command nor a config. */
    static Problem unknown(String word) {
        return Problem.error(
                "'" + word + "' is neither a command nor a config file",
                Suggestion.didYouMean(word, NAMES) + "Commands: " + String.join(", ", NAMES)
                        + ". See java -jar pipeline.jar --help.");
    }
}
