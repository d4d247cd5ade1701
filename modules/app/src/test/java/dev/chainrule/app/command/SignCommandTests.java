package dev.chainrule.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.PreparedFolder;
import dev.chainrule.app.testing.Resealed;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test signatures of runs, with keys that ssh-keygen made for these tests and nothing else. */
public final class SignCommandTests {
    public static final String PRIVATE = """
            -----BEGIN OPENSSH PRIVATE KEY-----
            b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW
            QyNTUxOQAAACBVwKTevyHxNgLRBJ+OKARjdMLWq6kio284cG9pBhBS1AAAAJg5mOA0OZjg
            NAAAAAtzc2gtZWQyNTUxOQAAACBVwKTevyHxNgLRBJ+OKARjdMLWq6kio284cG9pBhBS1A
            AAAEB8LEJSbNWfFAvFh8KmK93K/z8S9yrpmuTcfExiQZlZu1XApN6/IfE2AtEEn44oBGN0
            wtarqSKjbzhwb2kGEFLUAAAAEW1ha2VyQGV4YW1wbGUub3JnAQIDBA==
            -----END OPENSSH PRIVATE KEY-----
            """;
    private static final String PUBLIC =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFXApN6/IfE2AtEEn44oBGN0wtarqSKjbzhwb2kGEFLU maker@example.org\n";
    private static final String FINGERPRINT = "SHA256:YB6+1381QfYbu1Z86BpypEp9lbSNOND1t0qlisFHl+A";
    private static final String OTHER =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFyT0NuDD0N2wj7n2txPjYfIgo/wEK3TNKyAZPpST+69 other@example.org\n";
    private static final String ENCRYPTED = """
            -----BEGIN OPENSSH PRIVATE KEY-----
            b3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHIAAAAGYmNyeXB0AAAAGAAAABAiKNvb3s
            QD6fGio7x+s7w4AAAAEAAAAAEAAAAzAAAAC3NzaC1lZDI1NTE5AAAAIFfjbrQ7vLoU5xRX
            kmP/ocijzHis2QR/EgaoEtMZpsguAAAAoGCw6TxdLXmcRSoQ0RIF9NyKna3mI48dgU4pWS
            cf+VDPbAIdLq8Qpsh3bleIcQmclWrtaAhEgHPOrw67ad+tfquBPWY2wx5Z2lh34NfoLl+A
            vmSL7VGsExVIw/cQB4xk34FHaNUOoMP+vh1zNOdhJg1fzpF8ZHtrM0212UNZq8WiQdRkBd
            JyHJlk/Hu+MGqapWXjGTAfmikJynq02tw0Zes=
            -----END OPENSSH PRIVATE KEY-----
            """;
    private static final String RSA =
            "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDRX7JrbumOYZv2cNZNGme15D+8IoEa+NkjBxCnUh9VMxYvnegXFkDABYwl+g6wMDtLz/dvqcZF448LfxN+58qiqaOTZcXhOYbm+ogPgpVIlWyl4VKcPFo0kJ553uVXHDQbX3XUomxnjBEVGDkcoSFu/p1r0R1BFyKV7EbHK61ugQ== rsa@example.org\n";

    @TempDir
    private static Path folder;

    private static PreparedFolder prepared;

    private Shell shell;

    @BeforeAll
    static void train() {
        Shell shell = new Shell(folder)
                .file("gates.yaml", Samples.GATES)
                .file("maker", PRIVATE)
                .file("maker.pub", PUBLIC)
                .file("other.pub", OTHER);
        shell.done("/demo/gates.yaml", "--run-dir", "/demo/run", "--quiet");
        prepared = new PreparedFolder(folder);
    }

    @BeforeEach
    void putBack() {
        shell = prepared.putBack();
    }

    @Test
    void sign_run_isVerifiedByItsKeyAndByNoOther() {
        String out = shell.done("sign", "/demo/run", "--key", "/demo/maker").out();
        assertEquals("signed by " + FINGERPRINT + ": /demo/run/run.json.sig\n", out);
        for (String key : List.of("maker.pub", "maker")) {
            out = shell.done("verify", "/demo/run", "--key", "/demo/" + key).out();
            assertTrue(out.contains("\n  signed     by " + FINGERPRINT + "\n"), out);
        }
        out = shell.done("verify", "/demo/run").out();
        assertTrue(out.contains("use --key FILE to require"), out);
        String err =
                shell.execute("verify", "/demo/run", "--key", "/demo/other.pub").failed(ExitCode.CHECK);
        assertTrue(
                err.contains("run.json is signed by " + FINGERPRINT + ", but the key in /demo/other.pub is SHA256:"),
                err);
        shell.done("archive", "/demo/run", "--output", "/demo/run.zip");
        shell.done("verify", "/demo/run.zip", "--key", "/demo/maker.pub");
    }

    /** Times and machine are in no digest; the signature covers them. */
    @Test
    void verify_anythingEditedSinceTheSignature_isFound() {
        shell.done("sign", "/demo/run", "--key", "/demo/maker");
        String record = shell.text("run/run.json");
        String signature = shell.text("run/run.json.sig");
        shell.file("run/run.json", record.replace("2026-01-02", "2026-01-01"));
        String err =
                shell.execute("verify", "/demo/run", "--key", "/demo/maker.pub").failed(ExitCode.CHECK);
        assertTrue(err.contains("not the signature of run.json: one of the two was edited"), err);
        assertTrue(shell.execute("verify", "/demo/run").failed(ExitCode.CHECK).contains("one of the two was edited"));
        Resealed.change(shell, "run", facts -> facts.put("exit", 7L));
        err = shell.execute("verify", "/demo/run", "--key", "/demo/maker.pub").failed(ExitCode.CHECK);
        assertTrue(err.contains("one of the two was edited"), err);
        shell.file("run/run.json", record);
        int found = 0;
        for (int at = 40; at < signature.length() - 40; at += 17) {
            char letter = signature.charAt(at) == 'A' ? 'B' : 'A';
            shell.file("run/run.json.sig", signature.substring(0, at) + letter + signature.substring(at + 1));
            err = shell.execute("verify", "/demo/run", "--key", "/demo/maker.pub")
                    .failed(ExitCode.CHECK);
            found += err.contains("run.json.sig is not ") || err.contains("run.json is signed by") ? 1 : 0;
        }
        assertEquals((signature.length() - 80 + 16) / 17, found);
        shell.delete("run/run.json.sig");
        err = shell.execute("verify", "/demo/run", "--key", "/demo/maker.pub").failed(ExitCode.CHECK);
        assertTrue(err.contains("run.json is not signed"), err);
        shell.done("verify", "/demo/run");
    }

    @Test
    void resume_signedRun_losesTheSignature() {
        shell.done("sign", "/demo/run", "--key", "/demo/maker");
        shell.done("resume", "/demo/run", "--set", "training.epochs=4", "--allow-changes", "--quiet");
        assertFalse(Files.exists(shell.at("run/run.json.sig")));
    }

    @Test
    void sign_editedOrUnfinishedRun_isRefused() {
        shell.file("run/metrics.jsonl", "{}\n");
        String err = shell.execute("sign", "/demo/run", "--key", "/demo/maker").failed(ExitCode.INPUT);
        assertTrue(err.contains("metrics.jsonl was edited after the run"), err);
        Resealed.killed(shell, "run");
        err = shell.execute("sign", "/demo/run", "--key", "/demo/maker").failed(ExitCode.INPUT);
        assertTrue(err.contains("run /demo/run has not ended"), err);
        assertFalse(Files.exists(shell.at("run/run.json.sig")));
    }

    @Test
    void sign_otherKeys_areRefused() {
        shell.file("encrypted", ENCRYPTED)
                .file("rsa.pub", RSA)
                .file("pkcs8", "-----BEGIN PRIVATE KEY-----\nMC4=\n-----END PRIVATE KEY-----\n")
                .file("cut", PRIVATE.substring(0, 200) + "\n-----END OPENSSH PRIVATE KEY-----\n");
        for (String[] refused : new String[][] {
            {"encrypted", "is encrypted (aes256-ctr)"},
            {"rsa.pub", "its type is 'ssh-rsa'"},
            {"maker.pub", "is a public key"},
            {"pkcs8", "is not an OpenSSH Ed25519 key: it is not between -----BEGIN OPENSSH"},
            {"cut", "is not an OpenSSH Ed25519 key: "},
            {"gates.yaml", "is not an OpenSSH Ed25519 key: "},
            {"none", "does not exist"},
        }) {
            String err = shell.execute("sign", "/demo/run", "--key", "/demo/" + refused[0])
                    .failed(ExitCode.INPUT);
            assertTrue(err.startsWith("error: key /demo/" + refused[0] + " "), err);
            assertTrue(err.contains(refused[1]), err);
        }
        shell.done("sign", "/demo/run", "--key", "/demo/maker");
        shell.done("verify", "/demo/run", "--key", "/demo/maker.pub");
    }

    /** Each checks the other's signatures. */
    @Test
    void sshKeygen_signAndVerify_agree() throws IOException, InterruptedException {
        assumeTrue(
                sshKeygen(shell.at("gates.yaml"), "-?").contains("-Y sign"),
                "needs ssh-keygen of OpenSSH 8.1 or later");
        Path key = shell.at("maker");
        key.toFile().setReadable(false, false);
        key.toFile().setReadable(true, true);
        shell.done("sign", "/demo/run", "--key", "/demo/maker");
        shell.file("allowed", "maker@example.org " + PUBLIC);
        String[] verify = {
            "-Y",
            "verify",
            "-f",
            shell.at("allowed").toString(),
            "-I",
            "maker@example.org",
            "-n",
            "chainrule",
            "-s",
            shell.at("run/run.json.sig").toString()
        };
        assertTrue(sshKeygen(shell.at("run/run.json"), verify).startsWith("Good \"chainrule\" signature"));
        assertFalse(sshKeygen(shell.at("run/config.yaml"), verify).startsWith("Good"));
        shell.delete("run/run.json.sig");
        sshKeygen(
                shell.at("gates.yaml"),
                "-Y",
                "sign",
                "-f",
                key.toString(),
                "-n",
                "chainrule",
                shell.at("run/run.json").toString());
        shell.done("verify", "/demo/run", "--key", "/demo/maker.pub");
    }

    private String sshKeygen(Path input, String... args) throws IOException, InterruptedException {
        Path out = folder.resolve("ssh-keygen.txt");
        List<String> command = new ArrayList<>(List.of("ssh-keygen"));
        command.addAll(List.of(args));
        try {
            new ProcessBuilder(command)
                    .redirectInput(input.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return ""; // it is not installed
        }
        return Files.readString(out, StandardCharsets.UTF_8);
    }
}
