package dev.chainrule.app;

import dev.chainrule.app.command.ArchiveCommand;
import dev.chainrule.app.command.DescribeCommand;
import dev.chainrule.app.command.DiffCommand;
import dev.chainrule.app.command.EvaluateCommand;
import dev.chainrule.app.command.ExplainCommand;
import dev.chainrule.app.command.GradcheckCommand;
import dev.chainrule.app.command.InitCommand;
import dev.chainrule.app.command.PredictCommand;
import dev.chainrule.app.command.ReportCommand;
import dev.chainrule.app.command.RerunCommand;
import dev.chainrule.app.command.ResumeCommand;
import dev.chainrule.app.command.RunCommand;
import dev.chainrule.app.command.RunsCommand;
import dev.chainrule.app.command.SchemaCommand;
import dev.chainrule.app.command.SignCommand;
import dev.chainrule.app.command.ValidateCommand;
import dev.chainrule.app.command.VerifyCommand;
import dev.chainrule.app.command.plugins.PluginsCommand;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The table of the commands, in the order of the help. A class is loaded if its command is requested. */
enum KnownCommand {
    RUN(Work.TRAINING, () -> RunCommand.class),
    RESUME(Work.TRAINING, () -> ResumeCommand.class),
    RERUN(Work.TRAINING, () -> RerunCommand.class),
    VERIFY(Work.TRAINING, () -> VerifyCommand.class),
    SIGN(Work.READING, () -> SignCommand.class),
    ARCHIVE(Work.READING, () -> ArchiveCommand.class),
    DIFF(Work.READING, () -> DiffCommand.class),
    RUNS(Work.READING, () -> RunsCommand.class),
    REPORT(Work.COMPUTING, () -> ReportCommand.class),
    VALIDATE(Work.READING, () -> ValidateCommand.class),
    DESCRIBE(Work.READING, () -> DescribeCommand.class),
    EXPLAIN(Work.READING, () -> ExplainCommand.class),
    EVALUATE(Work.COMPUTING, () -> EvaluateCommand.class),
    PREDICT(Work.COMPUTING, () -> PredictCommand.class),
    GRADCHECK(Work.READING, () -> GradcheckCommand.class),
    PLUGINS(Work.READING, () -> PluginsCommand.class),
    SCHEMA(Work.READING, () -> SchemaCommand.class),
    INIT(Work.READING, () -> InitCommand.class);

    private final Work work;
    private final Supplier<Class<?>> type;

    KnownCommand(Work work, Supplier<Class<?>> type) {
        this.work = work;
        this.type = type;
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
        return name().toLowerCase(Locale.ROOT);
    }

    /** Return the class whose annotations declare its options. */
    Class<?> type() {
        return type.get();
    }

    boolean computes() {
        return work != Work.READING;
    }

    boolean trains() {
        return work == Work.TRAINING;
    }
}
