package dev.chainrule.app.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.BrokenPlugins;
import dev.chainrule.app.testing.Plugins;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.files.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test that no secret is shown or recorded, whatever its shape, whatever other code makes of it, wherever it comes out.
 * A hook transforms its secret; a missing file and commands on the run's directory show the program's transformations.
 */
final class SecretHidingTests {
    private static final Pattern TRACE = Pattern.compile("\\S+chainrule-fault-\\S+\\.txt");
    private static final int CASES = 700;

    /** Secrets of all shapes. */
    private static final List<String> SHAPES = List.of(
            "hunter2hunter2",
            "q7va",
            "Q7Vault-MiXed",
            "/demo/q7vault/abcd",
            "/demo/q7vault/abcd/",
            "/demo/other/../q7vault/./abcd//",
            "../q7vault/abcd",
            "./q7vault/abcd/",
            "file:///demo/q7vault/abcd",
            "https://q7user:q7pass@q7host.example/q7path?token=q7token&b=1",
            "q7user:q7password",
            "1e-3571",
            "0007007",
            "-0.00123400",
            "q7\"va'u\\lt",
            "schlüssel-q7-😀",
            "a.*(q7)[b]$1\\E{2}|^c",
            "%s%n%d{0}q7",
            "${env:HOME}q7vault",
            "- {q7: [vault], a: 'b'} # c",
            "first line q7\nsecond line q7\r\nthird line q7",
            "  \tpadded q7vault  ",
            "q7 va\tult two  blanks",
            "q7%41b&c=d+e/f?g#h",
            "q7<va>&\"ult\"",
            "q7".repeat(300) + "end");

    /** Where a hook tells it. */
    private static final List<String> PLACES = List.of("console", "record", "stop", "fail", "fault");

    private static byte[] teller;

    @TempDir
    private Path folder;

    @BeforeAll
    static void compile() {
        teller = Plugins.plugin("Teller", """
                import dev.chainrule.api.*; import dev.chainrule.api.error.*; import dev.chainrule.api.training.*;
                import java.io.*;
                import java.nio.file.*;
                import java.util.Map;

                @Component("teller")
                @Doc("Tells what a file contains.")
                public record Teller(@Doc("The secret.") String token, @Doc("The file.") String file, @Doc("Where.") String place)
                        implements HookSpec {
                    @Override
                    public Hook create(Run run) {
                        return new Hook() {
                            @Override
                            public void onEpochEnd() {
                                try {
                                    for (String text : Files.readString(Path.of(file)).split("\\0")) {
                                        tell(text);
                                    }
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            }

                            private void tell(String text) {
                                switch (place) {
                                    case "console" -> run.console().line(text);
                                    case "record" -> run.record("told.jsonl", Map.of("text", text));
                                    case "stop" -> run.stop(text);
                                    case "fail" -> throw new RunException(text);
                                    default -> throw new IllegalStateException(text);
                                }
                            }
                        };
                    }
                }
                """).bytes();
    }

    @Test
    void secrets_someShapesAtSomePlaces_areNowhere() throws IOException {
        int cases = 0;
        for (int i = 0; i < SHAPES.size(); i++) {
            cases += check(SHAPES.get(i), PLACES.get(i % PLACES.size()), 1 + i % 3);
        }
        assertTrue(cases >= 90, cases + " cases");
    }

    @Test
    @Tag("proof")
    void secrets_allShapesAtAllPlaces_areNowhere() throws IOException {
        int cases = 0;
        for (String shape : SHAPES) {
            for (String place : PLACES) {
                cases += check(shape, place, Integer.MAX_VALUE);
            }
        }
        assertTrue(cases >= CASES, cases + " cases");
    }

    /** Return the number of texts that were told and found nowhere. */
    private int check(String shape, String place, int most) throws IOException {
        String secret = real(shape);
        List<String> told = new ArrayList<>(told(secret));
        if (place.equals("console") || place.equals("record")) {
            tell(secret, place, told);
            return told.size();
        }
        List<String> some = told.subList(0, Math.min(most, told.size()));
        for (String text : some) {
            tell(secret, place, List.of(text));
        }
        return some.size();
    }

    private void tell(String secret, String place, List<String> told) throws IOException {
        Shell shell = new Shell(folder).with("S", secret);
        shell.delete("run");
        shell.file("teller.jar", teller)
                .file("told.txt", String.join("\0", told))
                .file("own.yaml", Samples.GATES + """
                        hooks: [ { type: teller, token: "${secret:S}", file: /demo/told.txt, place: %s } ]
                        plugins: [ teller.jar ]
                        """.formatted(place));
        String where = place + " of " + secret;
        Shell.Result result = shell.execute("/demo/own.yaml", "--run-dir", "/demo/run");
        Set<String> forbidden = forbidden(secret, told);
        nowhere(forbidden, result.out(), where);
        nowhere(forbidden, result.err(), where);
        Matcher trace = TRACE.matcher(result.err());
        assertEquals(place.equals("fault"), trace.find(), result.err());
        if (place.equals("fault")) {
            Path file = Path.of(trace.group());
            nowhere(forbidden, Files.readString(file), where);
            Files.delete(file);
        }
        assertEquals(
                place.startsWith("fa") ? ExitCode.FAILED : ExitCode.DONE, result.code(), result.out() + result.err());
        int files = 0;
        try (Stream<Path> written = Files.walk(shell.at("run"))) {
            for (Path file : written.filter(Files::isRegularFile).toList()) {
                nowhere(forbidden, Files.readString(file, StandardCharsets.ISO_8859_1), where + " in " + file);
                nowhere(forbidden, new String(Files.readAllBytes(file), StandardCharsets.UTF_8), where + " in " + file);
                files++;
            }
        }
        assertTrue(files >= 5, files + " files");
    }

    @Test
    void commands_secretIsAFile_showItNowhere() throws IOException {
        assertEquals(19, commands(List.of("/demo/other/../q7vault/./abcd//")));
    }

    @Test
    @Tag("proof")
    void commands_secretIsAFileWrittenInManyWays_showItNowhere() throws IOException {
        List<String> shapes = List.of(
                "/demo/q7vault/abcd",
                "/demo/q7vault/abcd/",
                "q7vault/abcd",
                "./q7vault//abcd",
                "other/../q7vault/abcd/",
                "/demo/q7link");
        assertEquals(19 * shapes.size(), commands(shapes));
    }

    /** Return the number of commands that showed nothing. */
    private int commands(List<String> shapes) throws IOException {
        int cases = 0;
        for (String shape : shapes) {
            Shell shell =
                    new Shell(folder).with("S", real(shape)).file("q7vault/abcd/plants.csv", Samples.PLANTS_TABLE);
            shell.delete("run");
            shell.file("other/empty", "");
            Files.deleteIfExists(shell.at("q7link"));
            Files.createSymbolicLink(shell.at("q7link"), shell.at("q7vault/abcd"));
            shell.file("own.yaml", Samples.PLANTS.replace("file: plants.csv", "file: \"${secret:S}/plants.csv\""));
            Set<String> forbidden = Set.of("q7vault", "q7link", "Q7VAULT", "abcd/plants");
            cases += run(shell, forbidden, "run", "/demo/own.yaml", "--run-dir", "/demo/run");
            try (Stream<Path> written = Files.walk(shell.at("run"))) {
                for (Path file : written.filter(Files::isRegularFile).toList()) {
                    nowhere(forbidden, Files.readString(file, StandardCharsets.ISO_8859_1), file.toString());
                }
            }
            shell.delete("packed.zip");
            cases += run(shell, forbidden, "explain", "/demo/own.yaml");
            cases += run(shell, forbidden, "describe", "/demo/own.yaml");
            cases += run(shell, forbidden, "validate", "--format", "json", "/demo/own.yaml");
            cases += run(shell, forbidden, "verify", "/demo/run");
            cases += run(shell, forbidden, "verify", "/demo/run", "--json");
            cases += run(shell, forbidden, "evaluate", "/demo/run");
            cases += run(shell, forbidden, "evaluate", "/demo/run", "--data", "test");
            cases += run(shell, forbidden, "diff", "/demo/run", "/demo/run");
            cases += run(shell, forbidden, "diff", "/demo/run", "/demo/run", "--json");
            cases += run(shell, forbidden, "archive", "/demo/run", "--output", "/demo/packed.zip");
            nowhere(forbidden, new String(shell.bytes("packed.zip"), StandardCharsets.ISO_8859_1), "packed.zip");
            cases += run(shell, forbidden, "verify", "/demo/packed.zip");
            shell.delete("q7vault");
            for (String command : List.of("run", "validate", "describe", "evaluate", "verify", "archive")) {
                boolean onRun = !List.of("run", "validate", "describe").contains(command);
                Shell.Result failed = shell.execute(command, onRun ? "/demo/run" : "/demo/own.yaml");
                failed.failed(ExitCode.INPUT);
                nowhere(forbidden, failed.out() + failed.err(), command);
                assertTrue(failed.err().contains("${secret:S}"), failed.err());
                cases++;
            }
            String refused = shell.execute("verify", "/demo/run", "--json").out();
            nowhere(forbidden, refused, "verify --json");
            assertTrue(refused.contains("${secret:S}"), refused);
            cases++;
        }
        return cases;
    }

    /** Plugins are called by the names of their jars, and archives hold data and jars under their names. */
    @Test
    void commands_secretIsAJarOrATable_showItsNameNowhere() throws IOException {
        int cases = 0;
        for (String in : List.of("/demo/q7vault/", "")) {
            Shell shell = new Shell(folder).with("JAR", in + "q7swish-1.0.jar").with("TABLE", in + "q7plants.csv");
            List.of("run", "packed.zip", "q7vault").forEach(shell::delete);
            String folder = in.replace("/demo/", "");
            shell.file(folder + "q7swish-1.0.jar", BrokenPlugins.good().bytes())
                    .file(folder + "q7plants.csv", Samples.PLANTS_TABLE)
                    .file(
                            "own.yaml",
                            Samples.PLANTS
                                            .replace("file: plants.csv", "file: \"${secret:TABLE}\"")
                                            .replace(
                                                    "model:",
                                                    "model:\n  - { type: dense, units: 3, activation: swish }")
                                    + "plugins: [ \"${secret:JAR}\" ]\n");
            Set<String> forbidden = Set.of("q7vault", "q7swish", "q7plants");
            shell.trust(folder + "q7swish-1.0.jar");
            cases += run(shell, forbidden, "run", "/demo/own.yaml", "--run-dir", "/demo/run");
            assertTrue(shell.text("run/run.json").contains("activation swish"));
            for (String command : List.of("explain", "describe", "validate")) {
                cases += run(shell, forbidden, command, "/demo/own.yaml");
            }
            for (String command : List.of("verify", "evaluate", "runs")) {
                cases += run(shell, forbidden, command, "/demo/run");
            }
            cases += run(shell, forbidden, "diff", "/demo/run", "/demo/run");
            String err = shell.execute("archive", "/demo/run", "--output", "/demo/packed.zip")
                    .failed(ExitCode.INPUT);
            assertTrue(err.contains("plugin '${secret:JAR}' of the run is missing"), err);
            nowhere(forbidden, err, "archive");
            shell.delete("bare");
            shell.file("bare.yaml", Samples.PLANTS.replace("file: plants.csv", "file: \"${secret:TABLE}\""));
            cases += run(shell, forbidden, "run", "/demo/bare.yaml", "--run-dir", "/demo/bare");
            cases += run(shell, forbidden, "archive", "/demo/bare", "--output", "/demo/packed.zip");
            cases += run(shell, forbidden, "verify", "/demo/packed.zip");
            for (String written : List.of("run/run.json", "run/run.log", "run/resolved.yaml", "packed.zip")) {
                nowhere(forbidden, new String(shell.bytes(written), StandardCharsets.ISO_8859_1), written);
            }
        }
        assertEquals(22, cases);
    }

    private static int run(Shell shell, Set<String> forbidden, String... args) {
        Shell.Result result = shell.execute(args);
        assertEquals(ExitCode.DONE, result.code(), () -> String.join(" ", args) + "\n" + result.out() + result.err());
        nowhere(forbidden, result.out(), String.join(" ", args));
        nowhere(forbidden, result.err(), String.join(" ", args));
        nowhere(forbidden, String.join("\n", result.plugins()), String.join(" ", args));
        return 1;
    }

    @Test
    void validate_secretIsNoNumber_hidesItAndWhatItResembles() {
        for (String secret : List.of("0007", "1e-3", "0_0_7")) {
            Shell shell = new Shell(folder).with("S", secret).file("own.yaml", Samples.GATES);
            String err = shell.execute("validate", "/demo/own.yaml", "--set", "model[0].units=${secret:S}")
                    .failed(ExitCode.INPUT);
            assertFalse(
                    Pattern.compile("\\b[0_]*7\\b|0\\.001|1e-3").matcher(err).find(), err);
        }
        Shell shell = new Shell(folder).with("S", "softmaxx").file("own.yaml", Samples.GATES);
        String err = shell.execute("validate", "/demo/own.yaml", "--set", "model[0].activation=${secret:S}")
                .failed(ExitCode.INPUT);
        assertFalse(err.contains("Did you mean"), err);
        assertTrue(err.contains("unknown activation '${secret:S}'"), err);
    }

    @Test
    void run_secretNamesALayer_isRefused() {
        Shell shell = new Shell(folder).with("S", "q7vault").file("own.yaml", Samples.GATES);
        String err = shell.execute(
                        "run", "/demo/own.yaml", "--run-dir", "/demo/run", "--set", "model[0].name=${secret:S}")
                .failed(ExitCode.INPUT);
        assertTrue(err.contains("the model would contain a secret: ${secret:S}."), err);
        assertFalse(Files.exists(shell.at("run")));
    }

    @Test
    void rerun_secretThatIsACommonWord_hasTheSameBits() {
        for (String word : List.of("train", "data", "plants")) {
            Shell shell = new Shell(folder)
                    .with("S", word)
                    .file(word + "/plants.csv", Samples.PLANTS_TABLE)
                    .file("own.yaml", Samples.PLANTS.replace("file: plants.csv", "file: \"${secret:S}/plants.csv\""));
            shell.done("run", "/demo/own.yaml", "--run-dir", "/demo/run", "--quiet");
            shell.done("verify", "/demo/run", "--quiet");
            shell.done("rerun", "/demo/run", "--run-dir", "/demo/again", "--quiet");
            assertEquals(shell.text("run/chain.jsonl"), shell.text("again/chain.jsonl"));
            shell.delete("run");
            shell.delete("again");
        }
    }

    @Test
    void run_hashes_doNotDependOnTheSecret() {
        List<String> hashes = new ArrayList<>();
        for (String pin : List.of("0000", "4711")) {
            Shell shell = new Shell(folder)
                    .with("S", pin)
                    .file(pin + ".csv", Samples.PLANTS_TABLE)
                    .file("own.yaml", Samples.PLANTS.replace("file: plants.csv", "file: \"${secret:S}.csv\""));
            shell.done("run", "/demo/own.yaml", "--run-dir", "/demo/" + pin, "--quiet");
            Matcher hash = Pattern.compile("\"[a-z_0-9]*(?:sha256|hash|chain)[a-z_0-9]*\": \"\\w+\"")
                    .matcher(shell.text(pin + "/run.json"));
            hashes.add(String.join("\n", hash.results().map(MatchResult::group).toList()));
        }
        assertTrue(hashes.get(0).lines().count() >= 5, hashes.get(0));
        assertEquals(hashes.get(0), hashes.get(1));
    }

    /** Return the forms that code may give a secret. */
    private static List<String> told(String secret) {
        String plain = secret.strip();
        String json = Json.line(secret);
        return List.of(
                secret,
                "the server refused '" + secret + "' twice: " + secret + secret,
                secret.toUpperCase(Locale.ROOT),
                secret.toLowerCase(Locale.ROOT),
                plain,
                json,
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                URLEncoder.encode(secret, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .toLowerCase(Locale.ROOT),
                Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)),
                Base64.getEncoder().encodeToString(("q:" + secret + "!").getBytes(StandardCharsets.UTF_8)),
                Base64.getUrlEncoder().encodeToString(("user:" + secret).getBytes(StandardCharsets.UTF_8)),
                normal(plain),
                secret.replace("'", "''"),
                secret.replaceAll("\\s+", " "),
                // The middle of a message of more than 1,000 letters is left out: a part of the secret stays in front
                // of it.
                "x".repeat(750 - plain.length() + Math.max(1, plain.length() / 3)) + plain + "y".repeat(500));
    }

    private static String normal(String secret) {
        return secret.contains("/") && !secret.contains("\n")
                ? Path.of(secret).normalize().toString()
                : secret;
    }

    /** Return what must be nowhere: the secret, its transformed forms, and its remains in a truncated message. */
    private static Set<String> forbidden(String secret, List<String> told) {
        Set<String> forbidden = new TreeSet<>();
        String plain = secret.strip();
        forbidden.add(plain);
        plain.lines().map(String::strip).forEach(forbidden::add);
        told.stream().filter(text -> !text.contains("yyy")).map(String::strip).forEach(forbidden::add);
        if (plain.length() >= 12) {
            forbidden.add("x" + plain.substring(0, plain.length() / 3));
        }
        return forbidden;
    }

    private static void nowhere(Set<String> forbidden, String text, String where) {
        for (String one : forbidden) {
            assertFalse(text.contains(one), () -> "'" + one + "' in " + where + ":\n" + text);
        }
    }

    private String real(String text) {
        return text.replace("/demo", folder.toString());
    }
}
