package dev.chainrule.app;

import dev.chainrule.app.command.ArchiveCommand;
import dev.chainrule.app.command.DescribeCommand;
import dev.chainrule.app.command.DiffCommand;
import dev.chainrule.app.command.EvaluateCommand;
import dev.chainrule.app.command.ExplainCommand;
import dev.chainrule.app.command.GradcheckCommand;
import dev.chainrule.app.command.InitCommand;
import dev.chainrule.app.command.PredictCommand;
import dev.chainrule.app.command.RerunCommand;
import dev.chainrule.app.command.ResumeCommand;
import dev.chainrule.app.command.RunCommand;
import dev.chainrule.app.command.RunsCommand;
import dev.chainrule.app.command.SchemaCommand;
import dev.chainrule.app.command.SignCommand;
import dev.chainrule.app.command.ValidateCommand;
import dev.chainrule.app.command.VerifyCommand;
import dev.chainrule.app.command.plugins.PluginsCommand;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Suggestion;
import java.util.List;

/** The names of the commands and their classes, of which only the requested one is loaded. */
final class Commands {
    static final List<String> NAMES = List.of(
            "run",
            "resume",
            "rerun",
            "verify",
            "sign",
            "archive",
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

    /** Return the class of a command. A switch, since a table would load all classes at every start. */
    static Class<?> type(String name) {
        return switch (name) {
            case "run" -> RunCommand.class;
            case "resume" -> ResumeCommand.class;
            case "rerun" -> RerunCommand.class;
            case "verify" -> VerifyCommand.class;
            case "sign" -> SignCommand.class;
            case "archive" -> ArchiveCommand.class;
            case "diff" -> DiffCommand.class;
            case "runs" -> RunsCommand.class;
            case "validate" -> ValidateCommand.class;
            case "describe" -> DescribeCommand.class;
            case "explain" -> ExplainCommand.class;
            case "evaluate" -> EvaluateCommand.class;
            case "predict" -> PredictCommand.class;
            case "gradcheck" -> GradcheckCommand.class;
            case "plugins" -> PluginsCommand.class;
            case "schema" -> SchemaCommand.class;
            case "init" -> InitCommand.class;
            default -> throw new IllegalArgumentException(name + " is no command");
        };
    }

    /** Return the answer to a word that is neither a command nor a config. */
    static Problem unknown(String word) {
        return Problem.error(
                "'" + word + "' is neither a command nor a config file",
                Suggestion.didYouMean(word, NAMES) + "Commands: " + String.join(", ", NAMES)
                        + ". See java -jar pipeline.jar --help.");
    }
}
