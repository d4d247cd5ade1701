package dev.chainrule.app;

import dev.chainrule.app.command.ArchiveCommand;
import dev.chainrule.app.command.DescribeCommand;
import dev.chainrule.app.command.DiffCommand;
import dev.chainrule.app.command.EvaluateCommand;
import dev.chainrule.app.command.ExplainCommand;
import dev.chainrule.app.command.GradcheckCommand;
import dev.chainrule.app.command.InitCommand;
import dev.chainrule.app.command.ReportCommand;
import dev.chainrule.app.command.RerunCommand;
import dev.chainrule.app.command.ResumeCommand;
import dev.chainrule.app.command.RunCommand;
import dev.chainrule.app.command.RunsCommand;
import dev.chainrule.app.command.SchemaCommand;
import dev.chainrule.app.command.SignCommand;
import dev.chainrule.app.command.ValidateCommand;
import dev.chainrule.app.command.VerifyCommand;
import dev.chainrule.app.command.cache.CacheCommand;
import dev.chainrule.app.command.model.ExplainModelCommand;
import dev.chainrule.app.command.plugins.PluginsCommand;
import dev.chainrule.app.command.predict.PredictCommand;
import dev.chainrule.app.command.show.ShowCommand;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table of the commands, in the order of the help. A class is loaded if its command is requested. */
enum KnownCommand {
    RUN(Work.TRAINING),
    RESUME(Work.TRAINING),
    RERUN(Work.TRAINING),
    VERIFY(Work.TRAINING),
    SIGN(Work.READING),
    ARCHIVE(Work.READING),
    DIFF(Work.READING),
    RUNS(Work.READING),
    REPORT(Work.COMPUTING),
    VALIDATE(Work.READING),
    DESCRIBE(Work.READING),
    EXPLAIN(Work.READING),
    SHOW(Work.READING),
    EVALUATE(Work.COMPUTING),
    EXPLAIN_MODEL(Work.COMPUTING),
    PREDICT(Work.COMPUTING),
    GRADCHECK(Work.READING),
    PLUGINS(Work.READING),
    CACHE(Work.READING),
    SCHEMA(Work.READING),
    INIT(Work.READING);

    private final Work work;

    KnownCommand(Work work) {
        this.work = work;
    }

    /** The work of a command, as far as its start depends on it. */
    private enum Work {
        /** Too little computing for a second JVM. */
        READING,
        /** Enough computing to be worth a second JVM with fast kernels. */
        COMPUTING,
        /** Computing that Guice wires. */
        TRAINING
    }

    /** Return all names. */
    static List<String> names() {
        return Arrays.stream(values()).map(KnownCommand::word).toList();
    }

    /** Return the command of a name. */
    static Optional<KnownCommand> of(String word) {
        return Arrays.stream(values())
                .filter(command -> command.word().equals(word))
                .findFirst();
    }

    /** Return its name in command lines. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Return the class whose annotations declare its options. */
    Class<?> type() {
        return switch (this) {
            case RUN -> RunCommand.class;
            case RESUME -> ResumeCommand.class;
            case RERUN -> RerunCommand.class;
            case VERIFY -> VerifyCommand.class;
            case SIGN -> SignCommand.class;
            case ARCHIVE -> ArchiveCommand.class;
            case DIFF -> DiffCommand.class;
            case RUNS -> RunsCommand.class;
            case REPORT -> ReportCommand.class;
            case VALIDATE -> ValidateCommand.class;
            case DESCRIBE -> DescribeCommand.class;
            case EXPLAIN -> ExplainCommand.class;
            case SHOW -> ShowCommand.class;
            case EVALUATE -> EvaluateCommand.class;
            case EXPLAIN_MODEL -> ExplainModelCommand.class;
            case PREDICT -> PredictCommand.class;
            case GRADCHECK -> GradcheckCommand.class;
            case PLUGINS -> PluginsCommand.class;
            case CACHE -> CacheCommand.class;
            case SCHEMA -> SchemaCommand.class;
            case INIT -> InitCommand.class;
        };
    }

    boolean computes() {
        return work != Work.READING;
    }

    boolean trains() {
        return work == Work.TRAINING;
    }
}
