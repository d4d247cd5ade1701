package dev.chainrule.app.sign;

import dev.chainrule.api.error.RunException;
import dev.chainrule.engine.files.Sha256;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A signature as {@code ssh-keygen -Y sign} writes it and {@code ssh-keygen -Y verify} checks it (PROTOCOL.sshsig in the sources of
 * OpenSSH), in the namespace {@code chainrule}.
 *
 * <p>The signed bytes are the six letters SSHSIG followed by namespace, a reserved text, the name of a hash, and that hash of the
 * message. So a signature of a run is never a signature of anything else, such as a login or a commit.
 */
public final class SshSignature {
    public static final String NAMESPACE = "chainrule";

    private static final String MAGIC = "SSHSIG";
    private static final String ARMOR = "SSH SIGNATURE";
    private static final int VERSION = 1;
    private static final String HASH = "sha512";
    private static final List<String> HASHES = List.of(HASH, "sha256");

    private final byte[] blob;
    private final String namespace;
    private final String reserved;
    private final String hash;
    private final byte[] signature;

    private SshSignature(byte[] blob, String namespace, String reserved, String hash, byte[] signature) {
        this.blob = blob;
        this.namespace = namespace;
        this.reserved = reserved;
        this.hash = hash;
        this.signature = signature;
    }

    /** Return a message's signature in the form of a file. */
    public static String sign(byte[] message, OpenSshKey key) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(key.privateKey());
            ed25519.update(signed(NAMESPACE, "", HASH, message));
            byte[] signature = new SshWire.Writer()
                    .string(OpenSshKey.TYPE)
                    .string(ed25519.sign())
                    .bytes();
            return SshWire.armored(
                    new SshWire.Writer()
                            .raw(MAGIC)
                            .number(VERSION)
                            .string(key.blob())
                            .string(NAMESPACE)
                            .string("")
                            .string(HASH)
                            .string(signature)
                            .bytes(),
                    ARMOR);
        } catch (GeneralSecurityException e) {
            throw new RunException("cannot sign with " + key.file() + ": " + e.getMessage() + ".", e);
        }
    }

    /**
     * Read a signature.
     *
     * @throws IllegalArgumentException with the reason, if the text is not a signature
     */
    public static SshSignature read(String text) {
        SshWire.Reader reader = new SshWire.Reader(SshWire.unarmored(text, ARMOR)).expect(MAGIC);
        if (reader.number() != VERSION) {
            throw new IllegalArgumentException("its version is not " + VERSION);
        }
        byte[] blob = reader.string();
        String namespace = reader.text();
        String reserved = reader.text();
        String hash = reader.text();
        if (!HASHES.contains(hash)) {
            throw new IllegalArgumentException("its hash is '" + hash + "'");
        }
        SshWire.Reader signature = new SshWire.Reader(reader.string());
        reader.end();
        if (!signature.text().equals(OpenSshKey.TYPE)) {
            throw new IllegalArgumentException("it is not of an Ed25519 key");
        }
        byte[] content = signature.string();
        signature.end();
        return new SshSignature(blob, namespace, reserved, hash, content);
    }

    /** Return whether it is the signature of a message, made with the key that it contains. */
    public boolean isOf(byte[] message) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(OpenSshKey.publicKey(OpenSshKey.ofBlob(blob)));
            ed25519.update(signed(namespace, reserved, hash, message));
            return namespace.equals(NAMESPACE) && ed25519.verify(signature);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false; // invalid for any reason
        }
    }

    /** Return whether it was made with a given key. */
    public boolean isBy(OpenSshKey key) {
        return Arrays.equals(blob, key.blob());
    }

    /** Return the fingerprint of the key that made it, as OpenSSH shows it. */
    public String fingerprint() {
        return fingerprint(blob);
    }

    /** Return the fingerprint of a key, as OpenSSH shows it. */
    public static String fingerprint(OpenSshKey key) {
        return fingerprint(key.blob());
    }

    private static String fingerprint(byte[] blob) {
        return "SHA256:"
                + Base64.getEncoder()
                        .withoutPadding()
                        .encodeToString(Sha256.digest().digest(blob));
    }

    private static byte[] signed(String namespace, String reserved, String hash, byte[] message) {
        try {
            return new SshWire.Writer()
                    .raw(MAGIC)
                    .string(namespace)
                    .string(reserved)
                    .string(hash)
                    .string(MessageDigest.getInstance(hash.equals(HASH) ? "SHA-512" : "SHA-256")
                            .digest(message))
                    .bytes();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + hash, e);
        }
    }
}
