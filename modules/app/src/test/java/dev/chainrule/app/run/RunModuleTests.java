package dev.chainrule.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Binding;
import com.google.inject.ConfigurationException;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Stage;
import com.google.inject.TypeLiteral;
import com.google.inject.spi.Dependency;
import com.google.inject.spi.HasDependencies;
import com.google.inject.util.Types;
import dev.chainrule.app.load.AssemblyFactory;
import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.load.LoadedPlugin;
import dev.chainrule.app.load.PluginSources;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ProgramInfo;
import dev.chainrule.app.shell.TerminalConsole;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunJson;
import dev.chainrule.engine.record.RunStreams;
import dev.chainrule.engine.training.Interruption;
import dev.chainrule.engine.training.TrainingRun;
import dev.chainrule.math.ThreadTeam;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test how a run is wired: everything that is bound is asked for, and nothing else is made. */
class RunModuleTests {
    private static final int MOST_COLLABORATORS = 6;

    /** The objects that commands ask the injector for. */
    private static final List<Key<?>> ROOTS = List.of(
            Key.get(ProgramInfo.class),
            Key.get(RunManifest.class),
            Key.get(RunJson.class),
            Key.get(RunStreams.class),
            Key.get(TrainingRun.class));

    /** Bindings of Guice itself. */
    private static final List<Key<?>> GUICE =
            List.of(Key.get(Injector.class), Key.get(Stage.class), Key.get(Logger.class));

    @TempDir
    private Path folder;

    private final ThreadTeam team = new ThreadTeam(1);
    private Injector injector;

    @BeforeEach
    void wire() throws IOException {
        Path config = folder.resolve("xor.yaml");
        Files.writeString(config, """
                model: [ { type: dense, units: 1 } ]
                loss: quadratic
                optimizer: { type: sgd, learning_rate: 0.1 }
                data: { train: { type: inline, rows: [ [ 0 ] ], targets: [ [ 1 ] ] } }
                training: { epochs: 1 }
                """);
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Context context = new Context(out, out, Map.of(), Clock.systemUTC());
        LoadedConfig loaded = ConfigLoader.load(config, PluginSources.usual(context), List.of(), context);
        Assembly assembly = AssemblyFactory.loaded(loaded, context, true, team);
        injector = Wiring.of(
                new AppModule(
                        context,
                        new TerminalConsole(out, false, true, () -> 80, context.secrets()),
                        new Interruption()),
                new RunModule(loaded, assembly, assembly.optimizer(), team, new RunDirectory(folder), 1));
    }

    @AfterEach
    void end() {
        team.close();
    }

    @Test
    void bindings_each_areAskedFor() {
        Set<String> asked = new TreeSet<>();
        ROOTS.forEach(root -> asked.add(root.getTypeLiteral().toString()));
        Set<String> bound = new TreeSet<>();
        for (Binding<?> binding : injector.getAllBindings().values()) {
            if (binding instanceof HasDependencies asking) {
                for (Dependency<?> dependency : asking.getDependencies()) {
                    asked.add(dependency.getKey().getTypeLiteral().toString());
                }
            }
        }
        for (Key<?> key : injector.getBindings().keySet()) {
            if (key.getAnnotation() == null && !GUICE.contains(key) && !isSetOfPlugins(key)) {
                bound.add(key.getTypeLiteral().toString());
            }
        }
        assertTrue(bound.size() > 40, bound::toString);
        bound.removeAll(asked);
        assertEquals(Set.of(), bound);
    }

    @Test
    void plugins_ofTheConfig_areASet() {
        assertEquals(Set.of(), injector.getInstance(Key.get(new TypeLiteral<Set<LoadedPlugin>>() {})));
        assertTrue(injector.getInstance(Registry.class).all().size() > 40);
    }

    @Test
    void parts_each_haveOneObjectAndFewCollaborators() {
        for (Class<?> part : TrainingRun.PARTS) {
            List<Constructor<?>> constructors = Arrays.asList(part.getDeclaredConstructors());
            assertEquals(1, constructors.size(), part::toString);
            assertTrue(constructors.get(0).getParameterCount() <= MOST_COLLABORATORS, part::toString);
        }
        assertTrue(TrainingRun.PARTS.size() > 20);
        assertSame(injector.getInstance(TrainingRun.class), injector.getInstance(TrainingRun.class));
    }

    @Test
    void getInstance_typeThatIsNotBound_isRefused() {
        assertThrows(ConfigurationException.class, () -> injector.getInstance(ArrayList.class));
    }

    /** A set comes with collections of providers, and with itself as a set of subtypes. */
    private static boolean isSetOfPlugins(Key<?> key) {
        return key.getTypeLiteral().getRawType() == Collection.class
                || key.equals(Key.get(Types.setOf(Types.subtypeOf(LoadedPlugin.class))));
    }
}
