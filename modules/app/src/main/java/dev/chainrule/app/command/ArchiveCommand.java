package dev.chainrule.app.command;

import dev.chainrule.api.error.InputException;
import dev.chainrule.app.option.DataOptions;
import dev.chainrule.app.record.LostRuns;
import dev.chainrule.app.record.RunArchive;
import dev.chainrule.app.record.RunLookup;
import dev.chainrule.app.record.TamperCheck;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that packs a run with its data and plugins into one file, and unpacks it. */
@Command(
        name = "archive",
        mixinStandardHelpOptions = true,
        description = {
            "Pack a run, its data and its plugins into one zip file.",
            "verify, evaluate, predict, report and diff read the zip file directly; unpack it to rerun or resume. "
                    + "Packing a run twice gives identical files."
        },
        footer = {
            "",
            "Examples:",
            "  java -jar pipeline.jar archive latest",
            "  java -jar pipeline.jar archive latest --without-data --output cars.zip",
            "  java -jar pipeline.jar verify cars.zip --data-dir data",
            "  java -jar pipeline.jar archive --unpack cars.zip"
        })
public final class ArchiveCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(
            paramLabel = "RUN",
            description = "A run's name or directory, or 'latest'; with --unpack, the zip file.")
    private String run;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "PATH",
            description = "The zip file to write; with --unpack, the folder to unpack into. Default: the working "
                    + "directory. Existing files are never overwritten.")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--without-data",
            description = "Leave out the data files. The record contains their SHA-256; the recipient passes "
                    + "the folder that contains them with --data-dir.")
    private boolean withoutData;

    @Option(names = "--unpack", description = "Unpack a packed run.")
    private boolean unpack;

    @Mixin
    private DataOptions data = new DataOptions();

    @Option(
            names = "--plugins",
            paramLabel = "DIR|JAR",
            description = "Current location of the run's plugins: a jar or a folder of jars. Repeatable.")
    private List<Path> plugins = new ArrayList<>();

    public ArchiveCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (unpack) {
            return unpack();
        }
        RunRecord record = LostRuns.read(RunLookup.find(Context.RUNS, run, context), context);
        RunArchive archive = RunArchive.of(record);
        TamperCheck.requireAll(record, run);
        List<String> jars = archive.addPlugins(plugins);
        List<String> files = withoutData ? List.of() : archive.addData(data.folder(), context);
        Path target = output.orElseGet(() -> Path.of(archive.name() + ".zip"));
        archive.write(target);
        print("run      " + record.directory().path());
        print("data     " + (withoutData ? "left out; their SHA-256 are in run.json" : named(files, read(record))));
        print("plugins  " + named(jars, "none"));
        print("packed into " + target);
        return ExitCode.DONE;
    }

    private int unpack() {
        if (withoutData || data.folder().isPresent() || !plugins.isEmpty()) {
            throw new InputException(
                    "--unpack can only be combined with --output", "Everything in the file is unpacked.");
        }
        RunDirectory directory = RunArchive.unpack(Path.of(run), output.orElse(Path.of("")), this::print);
        print("unpacked into " + directory.path());
        return ExitCode.DONE;
    }

    /**
     * Return the origins of data that were not read from files: they are not packed, and the source reads or computes them again.
     */
    private static String read(RunRecord record) {
        return "no files, but "
                + String.join(
                        ", ",
                        record.keys("data").stream()
                                .map(name -> record.text("data", name, "origin"))
                                .distinct()
                                .toList());
    }

    private static String named(List<String> names, String none) {
        return names.isEmpty() ? none : String.join(", ", names);
    }

    private void print(String line) {
        context.print(line);
    }
}
