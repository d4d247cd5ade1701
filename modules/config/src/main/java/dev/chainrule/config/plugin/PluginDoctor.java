package dev.chainrule.config.plugin;

import dev.chainrule.api.Api;
import dev.chainrule.config.Mark;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.config.Source;
import dev.chainrule.config.classfile.Call;
import dev.chainrule.config.classfile.ClassFile;
import dev.chainrule.config.classfile.Reproducibility;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An examination of a plugin's class files for faults that loading does not show: missing classes and methods that are
 * used later, a Java version that others may lack, calls whose results differ elsewhere.
 */
public final class PluginDoctor {
    /** The Java version of Chainrule itself: its users must be able to load every plugin. */
    private static final int BASELINE = 17;

    private static final int SHOWN = 20;

    private final PluginFiles files;
    private final ClassLoader application;
    private final Problems problems;

    private PluginDoctor(PluginFiles files, ClassLoader application, Problems problems) {
        this.files = files;
        this.application = application;
        this.problems = problems;
    }

    /**
     * Examine a plugin that was loaded without errors.
     *
     * @param application the class loader that knows the API
     * @param problems modified: receives errors and warnings
     */
    public static void examine(PluginFiles files, ClassLoader application, Problems problems) throws IOException {
        new PluginDoctor(files, application, problems).examine();
    }

    private void examine() throws IOException {
        List<JarClasses> jars = new ArrayList<>();
        SortedSet<String> own = new TreeSet<>();
        for (Path path : files.all()) {
            JarClasses jar = JarClasses.read(path);
            jars.add(jar);
            jar.classes().forEach(type -> own.add(type.name()));
            jar.damaged()
                    .forEach(entry -> problems.add(JarPlugins.problem(
                            path, "the class file " + entry + " is damaged", "Copy or rebuild the jar.")));
        }
        jars.forEach(this::checkLevel);
        Surroundings surroundings = new Surroundings(application, own);
        jars.forEach(jar -> checkMissing(jar, surroundings));
        // Users cannot change libraries, and most of their code is never called.
        checkCalls(jars.get(0));
    }

    private void checkLevel(JarClasses jar) {
        jar.classes().stream().max(Comparator.comparingInt(ClassFile::java)).ifPresent(newest -> {
            int running = Runtime.version().feature();
            String compiled = "the class " + newest.name() + " is compiled for Java " + newest.java();
            if (newest.java() > running) {
                problems.add(JarPlugins.problem(
                        jar.path(),
                        compiled + ", but this is Java " + running,
                        "Build it for Java " + BASELINE + ": javac --release " + BASELINE + "."));
            } else if (newest.java() > BASELINE) {
                warn(
                        jar.path(),
                        compiled + ": Java " + BASELINE + " cannot load it",
                        "Build it for Java " + BASELINE + ": javac --release " + BASELINE + ".");
            }
        });
    }

    private void checkMissing(JarClasses jar, Surroundings surroundings) {
        Map<String, String> users = new LinkedHashMap<>();
        for (ClassFile type : jar.classes()) {
            type.classes().stream()
                    .filter(name -> !surroundings.hasClass(name))
                    .forEach(name ->
                            users.putIfAbsent("the class " + name + ", which is " + absence(name), type.name()));
            type.calls().stream()
                    .filter(call -> !surroundings.hasMethod(call))
                    .forEach(call ->
                            users.putIfAbsent("the method " + call.target() + ", which does not exist", type.name()));
        }
        limited(users.entrySet().stream()
                .map(missing -> Problem.warning(
                        place(jar.path()),
                        "",
                        missing.getValue() + " uses " + missing.getKey(),
                        List.of(visible(missing.getKey()) + " A run that reaches this code fails.")))
                .toList());
    }

    private static String absence(String name) {
        return Api.hides(name) ? PluginCode.INTERNAL : "does not exist";
    }

    private static String visible(String missing) {
        return missing.endsWith(PluginCode.INTERNAL)
                ? PluginCode.VISIBLE
                : "Plugins see the JDK, the plugin API, the matrices, EJML and their own jars.";
    }

    private void checkCalls(JarClasses jar) {
        List<Problem> found = new ArrayList<>();
        for (ClassFile type : jar.classes()) {
            for (Call call : type.calls()) {
                Reproducibility.broken(call)
                        .ifPresent(rule -> found.add(Problem.warning(
                                place(jar.path()),
                                "",
                                where(type, call) + " calls " + shown(call) + " (" + rule.what() + ")",
                                List.of(rule.advice()))));
            }
        }
        limited(found);
    }

    private void limited(List<Problem> found) {
        found.stream().limit(SHOWN).forEach(problems::add);
        if (found.size() > SHOWN) {
            warn(files.jar(), "and " + (found.size() - SHOWN) + " more of this kind");
        }
    }

    private void warn(Path jar, String message, String... notes) {
        problems.add(Problem.warning(place(jar), "", message, List.of(notes)));
    }

    private static Mark place(Path jar) {
        return Mark.whole(Source.named(jar.toString()));
    }

    /** Return {@code mine.Swish.value, line 12,}. */
    private static String where(ClassFile type, Call call) {
        return type.name() + "." + call.from() + (call.line() > 0 ? ", line " + call.line() + "," : "");
    }

    /** Return {@code Math.exp} for {@code java.lang.Math.exp(double)}, {@code new HashMap} for a constructor. */
    private static String shown(Call call) {
        String owner = call.owner().substring(call.owner().lastIndexOf('.') + 1);
        return call.name().equals("<init>") ? "new " + owner : owner + "." + call.name();
    }
}
