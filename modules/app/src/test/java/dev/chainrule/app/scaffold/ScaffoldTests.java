package dev.chainrule.app.scaffold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Kind;
import dev.chainrule.app.shell.Components;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.InProcess;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.app.testing.TestJar;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.plugin.PluginFiles;
import dev.chainrule.config.registry.RegisteredComponent;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.config.write.RoundTrip;
import dev.chainrule.engine.contract.KindContracts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The files that {@code plugins new} writes: every kind compiles, loads and keeps its contract as it is. */
class ScaffoldTests {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void project_ofEachKind_compilesLoadsAndKeepsItsContract(Kind kind) throws Exception {
        Scaffold scaffold = new Scaffold(kind, "mine", "1");
        Map<String, String> files = scaffold.maven();
        TestJar jar = new TestJar();
        files.forEach((path, text) -> {
            assertFalse(text.matches("(?s).*@[A-Za-z]+@.*"), path + " has a placeholder left");
            if (path.endsWith(".java")) {
                jar.source(path.replaceFirst("src/(main|test)/java/", "").replaceFirst("\\.java$", ""), text);
            }
        });
        jar.plugin(files.get("src/main/resources/META-INF/services/dev.chainrule.api.Plugin")
                .strip());
        Path file = Files.write(folder.resolve("mine.jar"), jar.bytes());
        Registry registry = new Components().with(List.of(PluginFiles.of(file)), origin -> {});
        RegisteredComponent component = registry.find(kind, "mine").orElseThrow();
        assertFalse(component.origin().isBuiltIn());
        Record made = new Binder(registry)
                .component(ConfigReader.read("mine", "mine", new Problems()).orElseThrow(), kind);
        assertEquals(List.of(), KindContracts.check(kind, made, List.of()));
        assertEquals(Optional.empty(), RoundTrip.check(made, kind, registry));
        assertEquals(
                5, files.keySet().stream().filter(path -> !path.endsWith(".md")).count());
        assertEquals(
                4,
                new Scaffold(kind, "mine", "1")
                        .standalone().keySet().stream()
                                .filter(path -> !path.endsWith(".md"))
                                .count());
    }

    @Test
    void kinds_all_areTriedAbove() {
        assertEquals(12, Kind.values().length);
    }

    @Test
    void swish_ofTheProject_isWhatTheScaffoldWrites() throws Exception {
        Path swish = InProcess.ROOT.resolve("plugins/swish");
        Map<String, String> files = new Scaffold(Kind.ACTIVATION, "swish", "1").maven();
        int compared = 0;
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (file.getKey().startsWith("src/")) {
                assertEquals(file.getValue(), Files.readString(swish.resolve(file.getKey())), file.getKey());
                compared++;
            }
        }
        assertEquals(4, compared);
    }

    @ParameterizedTest
    @CsvSource({
        "relu, activation, 'activation ''relu'' exists already: it is built in'",
        "Swish, activation, '''Swish'' is not a valid component name'",
        "../swish, activation, '''../swish'' is not a valid component name'",
        "switch, activation, '''switch'' is a reserved word in Java, the language of plugins'",
        "swish, activatoin, 'unknown kind ''activatoin'''"
    })
    void new_whatCannotBe_isRefusedAndNothingWritten(String name, String kind, String message) {
        String err = new Shell(folder)
                .execute("plugins", "new", name, "--kind", kind, "--into", "/demo/projects")
                .failed(ExitCode.INPUT);
        assertTrue(err.contains("error: " + message), err);
        assertFalse(Files.exists(folder.resolve("projects")));
    }

    @Test
    void new_withoutName_namesTheHelpOfThatVeryCommand() {
        String err = new Shell(folder).execute("plugins", "new").failed(ExitCode.INPUT);
        assertTrue(err.contains("See java -jar pipeline.jar plugins new --help."), err);
    }

    @Test
    void new_folderThatIsThere_isLeftAsItIs() throws Exception {
        Path own = Files.createDirectories(folder.resolve("swish"));
        Files.writeString(own.resolve("pom.xml"), "mine");
        String err = new Shell(folder)
                .execute("plugins", "new", "swish", "--kind", "activation", "--into", "/demo")
                .failed(ExitCode.INPUT);
        assertTrue(err.contains("'/demo/swish' exists already"), err);
        assertEquals("mine", Files.readString(own.resolve("pom.xml")));
        try (Stream<Path> files = Files.list(own)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void type_thatJavaHas_getsTheKindBehindIt() {
        assertEquals("RecordActivation", new Scaffold(Kind.ACTIVATION, "record", "1").type());
        assertEquals("MatrixDataSource", new Scaffold(Kind.DATA_SOURCE, "matrix", "1").type());
        assertEquals("LeakySwish", new Scaffold(Kind.ACTIVATION, "leaky_swish", "1").type());
    }

    @Test
    void new_withoutMistake_saysWhatComesNext() {
        Shell shell = new Shell(folder);
        String out = shell.done("plugins", "new", "ring", "--kind", "data-source", "--standalone", "--into", "/demo")
                .out();
        assertEquals("""
                Wrote /demo/ring.
                The data source is /demo/ring/src/ring/Ring.java: an example that works.
                Build it: sh /demo/ring/build.sh pipeline.jar
                For the next steps, see /demo/ring/README.md.
                """, out);
        assertTrue(shell.text("ring/README.md").contains("`data: { train: ring }`"));
        assertTrue(shell.text("ring/src/ring/Ring.java").contains("@Component(\"ring\")"));
    }
}
