package dev.chainrule.app;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.shell.ProgramInfo;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program without a command, which prints its usage. */
@Command(
        name = "java -jar pipeline.jar",
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        synopsisHeading = "",
        customSynopsis = {
            "Usage: java -jar pipeline.jar CONFIG [OPTIONS]",
            "       java -jar pipeline.jar COMMAND [OPTIONS]"
        },
        description = "Declarative, bit-reproducible neural-network training.",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  java -jar pipeline.jar configs/mnist.yaml",
            "  java -jar pipeline.jar verify latest",
            "  java -jar pipeline.jar evaluate latest",
            "  java -jar pipeline.jar predict latest --input digit.png",
            "",
            "Exit codes: 0 success, 1 the run failed, 2 the input is invalid,",
            "3 an expectation was missed, 4 a check failed, 130 or 143 interrupted."
        })
final class RootCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr(), spec.commandLine().getColorScheme());
        return ExitCode.INPUT;
    }

    /** The version and commit of this build. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            ProgramInfo program = ProgramInfo.current();
            return new String[] {"chainrule " + program.version() + " (commit " + program.commit() + ")"};
        }
    }
}
