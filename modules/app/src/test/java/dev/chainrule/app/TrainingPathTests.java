package dev.chainrule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.chainrule.config.classfile.Reproducibility;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Look through the byte code of all modules for calls whose result is not the same everywhere and every time. */
class TrainingPathTests {
    /** Calls by the thing that they depend on, as {@code class.method(parameters)}. */
    private static final List<Reproducibility.Rule> FORBIDDEN = Reproducibility.RULES;

    /** Harmless calls, with the reason: {@code what: package.Class}, the package below dev.chainrule. */
    private static final Map<String, String> ALLOWED = Map.ofEntries(
            Map.entry("clock: app.Main", "tells times in run.json and timings.jsonl, which no step reads"),
            Map.entry("clock: app.Program", "tells the same times where Java code runs a command"),
            Map.entry("clock: app.launch.SecondRequest", "the name of a file that a launcher and its child share"),
            Map.entry("clock: builtin.hook.CheckpointHook", "saves after so many minutes, which changes no bit"),
            Map.entry("clock: builtin.hook.ProgressHook", "shows how fast it goes"),
            Map.entry("clock: builtin.monitor.MlflowHook", "dates metrics for MLflow, in files that are not sealed"),
            Map.entry("clock: builtin.monitor.TensorboardHook", "dates events, in files that are not sealed"),
            Map.entry("order of a folder: builtin.monitor.MlflowRun", "sorted"),
            Map.entry("clock: engine.training.ProgressRecorder", "the seconds of an epoch, for timings.jsonl"),
            Map.entry(
                    "clock: engine.training.GradientChecks",
                    "the time that a check of the gradients may take, on a copy"),
            Map.entry("clock: table.cache.DataCache", "the time of an entry's last use, by which old ones are deleted"),
            Map.entry(
                    "machine or JDK: builtin.data.picture.PreparedPictures",
                    "the number of threads that decode pictures, each of which is decoded by one"),
            Map.entry("machine or JDK: app.shell.ProgramInfo", "describes the machine in run.json"),
            Map.entry(
                    "machine or JDK: app.option.RunOptions",
                    "the number of threads where none is given, which changes no bit"),
            Map.entry("order of a folder: app.load.PastPlugins", "sorted"),
            Map.entry("order of a folder: config.plugin.PluginFinder", "sorted"),
            Map.entry("order of a folder: builtin.data.picture.PictureFolder", "sorted by name"),
            Map.entry("order of a folder: table.cache.DataCache", "sorted"),
            Map.entry("order of a folder: app.command.Globs", "sorted"),
            Map.entry("order of a folder: app.record.RunArchive", "sorted"),
            Map.entry("order of a folder: app.record.RunFiles", "sorted"),
            Map.entry("order of a folder: engine.files.AtomicFiles", "forces all in it to disk, in any order"),
            Map.entry("order of a folder: engine.record.Checkpoints", "sorted"),
            Map.entry("order of a folder: engine.files.FolderWalk", "sorted by name"),
            Map.entry("order of a folder: engine.contract.HookContract", "removes what a hook left, sorted"),
            Map.entry(
                    "order of a folder: engine.record.RunDirectory",
                    "looks for the youngest run, and whether there is any file"),
            Map.entry(
                    "order of a hash table: config.bind.ComponentBinder", "asked what it contains, never gone through"),
            Map.entry("order of a hash table: config.bind.ScalarBinder", "asked what it contains, never gone through"),
            Map.entry(
                    "order of a hash table: config.node.ConfigNode$Scalar",
                    "asked what it contains, never gone through"),
            Map.entry("order of a hash table: config.write.Texts", "asked what it contains, never gone through"),
            Map.entry(
                    "threads: builtin.data.picture.PreparedPictures",
                    "a task decodes one picture, and they are written in their order"),
            Map.entry(
                    "threads: builtin.digits.GeneratedDigits",
                    "a task writes the bytes of its own images, each a function of (seed, index), and no other's"));

    @Test
    void modules_everyCall_givesTheSameEverywhere() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.chainrule");
        for (String module :
                List.of("math", "math.kernel.vector", "api", "config", "model", "engine", "builtin", "app")) {
            assertTrue(
                    classes.stream()
                                    .filter(type -> type.getPackageName().startsWith("dev.chainrule." + module))
                                    .count()
                            >= 5,
                    "no classes of " + module + " among " + classes.size());
        }
        SortedMap<String, Set<String>> found = found(classes);
        Set<String> forbidden = new TreeSet<>(found.keySet());
        forbidden.removeAll(ALLOWED.keySet());
        assertEquals(Set.of(), forbidden, () -> "depends on what is not the same everywhere: " + found);
        Set<String> idle = new TreeSet<>(ALLOWED.keySet());
        idle.removeAll(found.keySet());
        assertEquals(Set.of(), idle, "allowed, and there no more");
        System.out.println("training path: " + classes.size() + " classes looked through");
    }

    @Test
    void sins_each_areFound() {
        assertEquals(
                FORBIDDEN.stream()
                        .map(rule -> rule.what() + ": app.TrainingPathTests$Sins")
                        .sorted()
                        .toList(),
                List.copyOf(
                        found(new ClassFileImporter().importClasses(Sins.class)).keySet()));
    }

    private static SortedMap<String, Set<String>> found(JavaClasses classes) {
        SortedMap<String, Set<String>> found = new TreeMap<>();
        for (JavaClass type : classes) {
            Stream<? extends JavaCodeUnitAccess<?>> accesses = Stream.concat(
                    type.getCodeUnitCallsFromSelf().stream(), type.getCodeUnitReferencesFromSelf().stream());
            accesses.forEach(access -> {
                String call = call(access.getTarget());
                FORBIDDEN.forEach(rule -> {
                    if (rule.calls().matcher(call).matches()) {
                        String place = type.getName().substring("dev.chainrule.".length());
                        found.computeIfAbsent(rule.what() + ": " + place, key -> new TreeSet<>())
                                .add(call);
                    }
                });
            });
        }
        return found;
    }

    private static String call(CodeUnitAccessTarget target) {
        List<String> parameters =
                target.getRawParameterTypes().stream().map(JavaClass::getName).toList();
        return target.getOwner().getName() + "." + target.getName() + "(" + String.join(",", parameters) + ")";
    }

    /** Commits each of them, called or referred to, so that a rule which finds nothing any more is found itself. */
    @SuppressWarnings({"UnusedMethod", "DefaultCharset"})
    private static final class Sins {
        static Object commit(InputStream in) {
            return List.of(
                    Math.exp(1),
                    new HashMap<>(),
                    Stream.of(1).parallel(),
                    new InputStreamReader(in),
                    (java.util.function.LongSupplier) System::nanoTime,
                    Math.random(),
                    Double.toString(1),
                    new java.io.File("x").list());
        }
    }
}
