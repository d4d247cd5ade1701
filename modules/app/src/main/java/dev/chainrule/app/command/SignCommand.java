package dev.chainrule.app.command;

import dev.chainrule.api.error.InputException;
import dev.chainrule.app.record.LostRuns;
import dev.chainrule.app.record.RunLookup;
import dev.chainrule.app.record.RunSignature;
import dev.chainrule.app.record.TamperCheck;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.sign.OpenSshKey;
import dev.chainrule.app.sign.SshSignature;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunRecord;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that signs a run. */
@Command(
        name = "sign",
        mixinStandardHelpOptions = true,
        description = {
            "Sign a run with an OpenSSH Ed25519 key, to prove who made it.",
            "The signature covers run.json and, through its hashes, every file of the run."
        },
        footer = {
            "",
            "Examples:",
            "  java -jar pipeline.jar sign latest --key ~/.ssh/id_ed25519",
            "  java -jar pipeline.jar verify latest --key maker.pub"
        })
public final class SignCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "RUN", description = "A run's name or directory, or 'latest'.")
    private String run;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            required = true,
            description = "The private key: Ed25519, in ssh-keygen's format, without a passphrase.")
    private Path key;

    public SignCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        OpenSshKey signer = OpenSshKey.readPrivate(key);
        RunDirectory directory = RunLookup.find(Context.RUNS, run, context);
        RunRecord record = LostRuns.read(directory, context);
        TamperCheck.requireAll(record, directory.path().toString());
        if (!record.hasEnded()) {
            throw new InputException("run " + directory.path() + " has not ended", "Sign it after it has ended.");
        }
        RunSignature.write(directory, signer);
        context.out().println("signed by " + SshSignature.fingerprint(signer) + ": " + directory.signature());
        return ExitCode.DONE;
    }
}
