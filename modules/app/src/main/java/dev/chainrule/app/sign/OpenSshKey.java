package dev.chainrule.app.sign;

import dev.chainrule.api.error.InputException;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.WholeFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * An Ed25519 key in a file of OpenSSH: a line {@code ssh-ed25519 BASE64 COMMENT}, or an unencrypted private key in the form
 * openssh-key-v1 (PROTOCOL.key in the sources of OpenSSH).
 */
public final class OpenSshKey {
    static final String TYPE = "ssh-ed25519";

    private static final String PRIVATE = "OPENSSH PRIVATE KEY";
    private static final int BYTES = 32;
    /** The prefixes of the 32 bytes of a key in the encodings of RFC 8410. */
    private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private final Path file;
    private final byte[] key;
    private final Optional<byte[]> seed;

    private OpenSshKey(Path file, byte[] key, Optional<byte[]> seed) {
        this.file = file;
        this.key = key;
        this.seed = seed;
    }

    /**
     * Read a private key.
     *
     * @throws InputException if it is not one, or encrypted
     */
    public static OpenSshKey readPrivate(Path file) {
        OpenSshKey key = read(file, true);
        if (key.seed.isEmpty()) {
            throw refused(file, "is a public key", "Give the private key: the file of the same name without .pub.");
        }
        return key;
    }

    /**
     * Read a public key; the file of a private key contains it too.
     *
     * @throws InputException if it is neither
     */
    public static OpenSshKey readPublic(Path file) {
        return read(file, false);
    }

    private static OpenSshKey read(Path file, boolean secret) {
        String text = text(file);
        try {
            if (text.startsWith("-----")) {
                return ofPrivate(file, SshWire.unarmored(text, PRIVATE), secret);
            }
            String[] words = text.strip().split("\\s+");
            if (words.length < 2 || text.strip().lines().count() > 1) {
                throw new IllegalArgumentException("it is not one line of type, key and comment");
            }
            return new OpenSshKey(file, ofBlob(Base64.getDecoder().decode(words[1])), Optional.empty());
        } catch (IllegalArgumentException e) {
            throw refused(
                    file,
                    "is not an OpenSSH Ed25519 key: " + e.getMessage(),
                    "Create one: ssh-keygen -t ed25519 -N '' -f FILE.");
        }
    }

    private static OpenSshKey ofPrivate(Path file, byte[] bytes, boolean secret) {
        SshWire.Reader reader = new SshWire.Reader(bytes).expect("openssh-key-v1\0");
        String cipher = reader.text();
        reader.string();
        reader.string();
        if (reader.number() != 1) {
            throw new IllegalArgumentException("it contains several keys");
        }
        byte[] key = ofBlob(reader.string());
        if (!secret) {
            return new OpenSshKey(file, key, Optional.empty());
        }
        if (!cipher.equals("none")) {
            throw refused(
                    file,
                    "is encrypted (" + cipher + ")",
                    "Use a key without a passphrase. To remove it from a copy: ssh-keygen -p -N '' -f COPY.");
        }
        SshWire.Reader inner = new SshWire.Reader(reader.string());
        int check = inner.number();
        int repeated = inner.number();
        if (check != repeated || !inner.text().equals(TYPE)) {
            throw new IllegalArgumentException("its private part is damaged");
        }
        byte[] again = inner.string();
        byte[] pair = inner.string();
        if (!Arrays.equals(key, again)
                || pair.length != 2 * BYTES
                || !Arrays.equals(key, Arrays.copyOfRange(pair, BYTES, 2 * BYTES))) {
            throw new IllegalArgumentException("its private and public parts do not match");
        }
        return new OpenSshKey(file, key, Optional.of(Arrays.copyOf(pair, BYTES)));
    }

    /** Return the 32 bytes of a public key in the encoding of SSH. */
    static byte[] ofBlob(byte[] blob) {
        SshWire.Reader reader = new SshWire.Reader(blob);
        String type = reader.text();
        if (!type.equals(TYPE)) {
            throw new IllegalArgumentException("its type is '" + type + "'");
        }
        byte[] key = reader.string();
        if (key.length != BYTES) {
            throw new IllegalArgumentException("it has " + key.length + " bytes instead of " + BYTES);
        }
        return key;
    }

    /** Return the public key in the encoding of SSH. */
    byte[] blob() {
        return new SshWire.Writer().string(TYPE).string(key).bytes();
    }

    /** Return the public key. */
    static PublicKey publicKey(byte[] key) throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(joined(X509, key)));
    }

    /** Return the private key, which must be present. */
    PrivateKey privateKey() throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(joined(PKCS8, seed.orElseThrow())));
    }

    /** Return the file that it was read from. */
    public Path file() {
        return file;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static String text(Path file) {
        try {
            return WholeFile.text(file);
        } catch (CharacterCodingException e) {
            throw refused(file, "is not an OpenSSH Ed25519 key", "Create one: ssh-keygen -t ed25519 -N '' -f FILE.");
        } catch (NoSuchFileException e) {
            throw refused(file, "does not exist", "Create one: ssh-keygen -t ed25519 -N '' -f " + file + ".");
        } catch (IOException e) {
            throw refused(file, "cannot be read: " + AtomicFiles.reason(e), "Give an OpenSSH key file.");
        }
    }

    private static InputException refused(Path file, String reason, String remedy) {
        return new InputException("key " + file + " " + reason, remedy);
    }
}
