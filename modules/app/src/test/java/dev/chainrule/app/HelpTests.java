package dev.chainrule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.GoldenFile;
import dev.chainrule.app.testing.Shell;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The help of each command. */
final class HelpTests {
    private static final int WIDEST = 80;

    @TempDir
    private Path folder;

    @Test
    void help_ofTheProgram_looksAsGoldenFile() {
        String help = new Shell(folder).done("--help").out();
        GoldenFile.check("help/program.txt", help);
        KnownCommand.names().forEach(name -> assertTrue(help.contains("\n  " + name + " "), name));
    }

    @TestFactory
    Stream<DynamicTest> help_ofEachCommand_looksAsGoldenFile() {
        return KnownCommand.names().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    Shell shell = new Shell(folder);
                    String help = shell.done(name, "--help").out();
                    GoldenFile.check("help/" + name + ".txt", help);
                    assertEquals(help, shell.done(name, "-h").out());
                    assertTrue(help.lines().allMatch(line -> line.length() <= WIDEST), "wider than a terminal");
                    assertTrue(help.contains("\nExample"), "no example");
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "new", "trust"})
    void help_ofEachSubcommand_looksAsGoldenFile(String name) {
        Shell shell = new Shell(folder);
        String help = shell.done("plugins", name, "--help").out();
        GoldenFile.check("help/plugins-" + name + ".txt", help);
        assertEquals(help, shell.done("plugins", name, "-h").out());
        assertTrue(help.lines().allMatch(line -> line.length() <= WIDEST), "wider than a terminal");
        assertTrue(help.contains("\nExample"), "no example");
        assertTrue(shell.done("plugins", "--help").out().contains("\n  " + name + " "), name);
    }

    @Test
    void goldenFiles_all_haveBeenSeen() {
        assertEquals(
                KnownCommand.names().size() + 4,
                GoldenFile.names("help", ".txt").size());
    }

    @Test
    void version_everyCommand_saysTheProgramsOwn() {
        Shell shell = new Shell(folder);
        assertEquals(
                "chainrule development (commit unknown)\n",
                shell.done("--version").out());
        KnownCommand.names()
                .forEach(name -> assertEquals(
                        shell.done("-V").out(), shell.done(name, "--version").out()));
    }
}
