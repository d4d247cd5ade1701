package dev.chainrule.app.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.BrokenPlugins;
import dev.chainrule.app.testing.GoldenFile;
import dev.chainrule.app.testing.Plugins;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The messages about each mistake for the author of a plugin, and for its user. */
final class BrokenPluginTests {
    private static final int JARS = 59;
    private static final Set<String> NO_ERROR = Set.of("calls-differ-elsewhere", "internal-class-later");

    /** The mistakes that only the doctor finds: such jars can be loaded. */
    private static final Set<String> LOADED = Set.of(
            "calls-differ-elsewhere", "derivative-wrong", "internal-class-later", "value-throws", "method-missing");

    /** Jars without one component: their users are told so, since nothing of such a jar runs to say more. */
    private static final Set<String> WITHOUT = Set.of("component-missing", "component-without-annotation");

    @TempDir
    private static Path folder;

    @TestFactory
    Stream<DynamicTest> check_brokenJar_saysWhatGoldenFileSays() {
        return BrokenPlugins.all().entrySet().stream()
                .map(jar -> DynamicTest.dynamicTest(jar.getKey(), () -> {
                    Shell shell = new Shell(folder)
                            .file(jar.getKey() + ".jar", jar.getValue().get());
                    check(shell, jar.getKey(), "plugins", "check", "/demo/" + jar.getKey() + ".jar");
                    shell.file("gates.yaml", Samples.GATES.replace("tanh", "swish"));
                    Shell.Result used = shell.execute(
                            "validate", "/demo/gates.yaml", "--plugins", "/demo/" + jar.getKey() + ".jar");
                    if (!LOADED.contains(jar.getKey())) {
                        assertEquals(ExitCode.INPUT, used.code());
                        assertTrue(
                                WITHOUT.contains(jar.getKey())
                                                && used.err()
                                                        .contains("the plugin contains no components: no record "
                                                                + "in its jar has @Component")
                                        || GoldenFile.read("plugins/" + jar.getKey() + ".txt")
                                                .contains(neutral(used.err())),
                                () -> "the user is told something else: " + used.err());
                    }
                }));
    }

    @Test
    void check_twoJarsWithOneName_namesBoth() {
        Shell shell = new Shell(folder)
                .file("first.jar", BrokenPlugins.good().named("first", "1.0").bytes())
                .file("second.jar", BrokenPlugins.good().named("second", "2.0").bytes());
        check(shell, "jars-with-one-name", "plugins", "check", "/demo/second.jar", "--plugins", "/demo/first.jar");
    }

    @Test
    void check_whatIsNoFile_saysSo() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        Files.createDirectories(folder.resolve("project/target"));
        Files.writeString(folder.resolve("project/pom.xml"), "<project/>");
        Shell shell = new Shell(folder)
                .file("two/a.jar", BrokenPlugins.good().bytes())
                .file("folders/two/a.jar", BrokenPlugins.good().bytes())
                .file("folders/two/b.jar", BrokenPlugins.good().bytes());
        check(shell, "place-missing", "plugins", "check", "/demo/gone.jar");
        check(shell, "place-empty", "plugins", "check", "/demo/empty");
        check(shell, "place-project", "plugins", "check", "/demo/project");
        check(shell, "place-with-two", "plugins", "check", "/demo/folders");
    }

    @Test
    void check_unreadableJar_saysSo() throws IOException {
        Shell shell = new Shell(folder).file("secret.jar", BrokenPlugins.good().bytes());
        Files.setPosixFilePermissions(shell.at("secret.jar"), PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(shell.at("secret.jar")), "nothing is unreadable for root");
        assertEquals("""
                /demo/secret.jar: error: this file cannot be read: permission denied
                   Make it readable for you.

                1 error
                """, shell.execute("plugins", "check", "/demo/secret.jar").failed(ExitCode.INPUT));
    }

    @Test
    void check_goodJar_isDone() {
        Shell shell = new Shell(folder)
                .file("good.jar", BrokenPlugins.good().named("swish", "1.0").bytes());
        String kept = """
                swish 1.0 (/demo/good.jar)
                  activation swish: keeps its contract
                """;
        assertEquals(kept, shell.done("plugins", "check", "/demo/good.jar").out());
        assertEquals(
                kept,
                shell.done("plugins", "check", "/demo/good.jar", "--with", "{ type: swish, beta: 3 }")
                        .out());
        String err = shell.execute("plugins", "check", "/demo/good.jar", "--with", "{ type: swish, gamma: 3 }")
                .failed(ExitCode.INPUT);
        assertTrue(err.contains("unknown key 'gamma'"), err);
    }

    @Test
    void goldenFiles_all_haveBeenSeen() {
        assertEquals(JARS, BrokenPlugins.all().size());
        assertEquals(JARS + 5, GoldenFile.names("plugins", ".txt").size());
    }

    private static void check(Shell shell, String name, String... args) {
        Shell.Result result = shell.execute(args);
        assertEquals(NO_ERROR.contains(name), result.code() == ExitCode.DONE);
        assertFalse(result.err().contains("\tat "), "a stack trace");
        GoldenFile.check(
                "plugins/" + name + ".txt",
                "$ java -jar pipeline.jar " + String.join(" ", args) + "\n" + neutral(result.out() + result.err())
                        + "exit code " + result.code() + "\n");
    }

    /** The same text on every JDK. */
    private static String neutral(String text) {
        return text.replace("this is Java " + Runtime.version().feature(), "this is Java 17");
    }

    @Test
    void check_parameterWithoutDefault_isAskedFor() {
        Shell shell = new Shell(folder)
                .file("swish.jar", BrokenPlugins.withoutDefault().bytes());
        Shell.Result result = shell.execute("plugins", "check", "/demo/swish.jar");
        assertTrue(result.failed(ExitCode.CHECK).contains("error: not checked: activation swish\n"), result.err());
        assertTrue(
                result.out().contains("activation swish: NOT CHECKED: it has parameters without defaults: see --with"),
                result.out());
        String[] given = {"plugins", "check", "/demo/swish.jar", "--with", "{ type: swish, beta: 2 }"};
        assertTrue(shell.done(given).out().contains("activation swish: keeps its contract"));
    }

    /** Whatever a hook does, a check that was not asked for effects does not do it. */
    @Test
    void check_hook_isRunOnlyWithEffects() {
        Shell shell = new Shell(folder)
                .file(
                        "faulty.jar",
                        Plugins.faulty("new java.io.File(\"/demo/effect\").mkdir();"
                                        .replace("/demo", folder.toString()))
                                .bytes());
        String[] check = {"plugins", "check", "/demo/faulty.jar"};
        Shell.Result result = shell.execute(check);
        String err = result.failed(ExitCode.CHECK);
        assertTrue(err.contains("error: not checked: hook faulty\n"), err);
        assertTrue(result.out().contains("hook faulty: NOT CHECKED: "), result.out());
        assertFalse(Files.exists(shell.at("effect")));
        shell.done("plugins", "check", "/demo/faulty.jar", "--skip", "faulty");
        assertFalse(Files.exists(shell.at("effect")));
        String out = shell.done("plugins", "check", "/demo/faulty.jar", "--with-effects")
                .out();
        assertTrue(out.contains("hook faulty: will now be run hundreds of times"), out);
        assertTrue(out.contains("hook faulty: keeps its contract"), out);
        assertTrue(Files.exists(shell.at("effect")));
    }
}
