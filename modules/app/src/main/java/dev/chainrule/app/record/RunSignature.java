package dev.chainrule.app.record;

import dev.chainrule.api.error.InputException;
import dev.chainrule.app.sign.OpenSshKey;
import dev.chainrule.app.sign.SshSignature;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.WholeFile;
import dev.chainrule.engine.record.RunDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The signature of a run, in the file run.json.sig.
 *
 * @param words how it was made, in words
 * @param flaw the reason why it is invalid, in words; empty if it is valid
 */
public record RunSignature(String words, Optional<String> flaw) {
    /** Sign a run. */
    public static void write(RunDirectory run, OpenSshKey key) {
        AtomicFiles.write(run.signature(), SshSignature.sign(bytes(run.record()), key));
    }

    /**
     * Check the signature of a run.
     *
     * @param key by which it must be signed; without one it may be unsigned, and signed by anyone
     * @return empty if there is none and none is required
     */
    public static Optional<RunSignature> check(RunDirectory run, Optional<OpenSshKey> key) {
        if (!Files.exists(run.signature())) {
            return key.map(signer -> new RunSignature("", Optional.of("run.json is not signed")));
        }
        try {
            String text = new String(bytes(run.signature()), StandardCharsets.UTF_8);
            SshSignature signature = SshSignature.read(text);
            return Optional.of(new RunSignature(
                    "by " + signature.fingerprint()
                            + (key.isEmpty() ? "; use --key FILE to require a particular key" : ""),
                    flaw(signature, bytes(run.record()), key)));
        } catch (IllegalArgumentException e) {
            return Optional.of(new RunSignature("", Optional.of("run.json.sig is not a signature: " + e.getMessage())));
        }
    }

    private static Optional<String> flaw(SshSignature signature, byte[] message, Optional<OpenSshKey> key) {
        if (!signature.isOf(message)) {
            return Optional.of("run.json.sig is not the signature of run.json: one of the two was edited");
        }
        return key.filter(signer -> !signature.isBy(signer))
                .map(signer -> "run.json is signed by " + signature.fingerprint() + ", but the key in " + signer.file()
                        + " is " + SshSignature.fingerprint(signer));
    }

    private static byte[] bytes(Path file) {
        try {
            return WholeFile.bytes(file);
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e)).inFile(file.toString());
        }
    }
}
