package dev.chainrule.app.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.Child;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.app.testing.TestJar;
import dev.chainrule.engine.files.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Test that however a plugin ends a run, or keeps it from ending, the exit code is right and the record names the plugin. */
final class HostilePluginTests {
    private static final int QUICK = 8;
    private static final int ALL = 25;
    /** One second is promised; the rest is for a busy machine. */
    private static final long MOST_SECONDS_AFTER_SECOND_SIGNAL = 5;

    private static final long LONGEST_WAIT_SECONDS = 60;
    private static final String LOOP = "Hostile.sign(); while (true) { Thread.onSpinWait(); }";

    @TempDir
    private Path folder;

    /**
     * A plugin, and what must come of it.
     *
     * @param code of the process
     * @param state in run.json; {@code ""} if no run began
     * @param who is blamed, a pattern
     * @param quick whether each test run tries it
     */
    private record Hostile(
            Map<String, String> source,
            List<String> options,
            int signals,
            int code,
            String state,
            String who,
            String said,
            boolean quick) {
        Hostile on(String... more) {
            return new Hostile(source, List.of(more), signals, code, state, who, said, quick);
        }

        Hostile blaming(String whom) {
            return new Hostile(source, options, signals, code, state, whom, said, quick);
        }

        Hostile signalled(int times) {
            return new Hostile(source, options, times, code, state, who, said, quick);
        }

        Hostile quickly() {
            return new Hostile(source, options, signals, code, state, who, said, true);
        }
    }

    private static Map<String, Hostile> all() {
        String off = "-Dchainrule.launcher=off";
        Map<String, Hostile> all = new LinkedHashMap<>();
        all.put(
                "exit 0 in value",
                in("value", "System.exit(0);", 1, "called System.exit").quickly());
        all.put(
                "exit 0 in value of one process",
                in("value", "System.exit(0);", 1, "called System.exit").on(off).quickly());
        all.put("exit 3 in value", in("value", "System.exit(3);", 1, "called System.exit"));
        all.put(
                "exit 0 of another thread",
                in("value", "new Thread(() -> System.exit(0)).start(); Hostile.rest();", 1, "called System.exit"));
        all.put("exit 0 at the end of the run", in("end", "System.exit(0);", 1, "called System.exit"));
        all.put(
                "exit 0 while it is initialised",
                before("static", "System.exit(0);", "called System.exit").quickly());
        all.put(
                "exit 0 while it is initialised in one process",
                before("static", "System.exit(0);", "called System.exit").on(off));
        all.put("exit 0 while it is constructed", before("constructor", "System.exit(0);", "called System.exit"));
        all.put(
                "halt 0 in value",
                new Hostile(
                        source("value", "Runtime.getRuntime().halt(0);"),
                        List.of(),
                        0,
                        1,
                        "running",
                        "",
                        "a plugin ended it",
                        true));
        all.put(
                "loop",
                in("value", LOOP, 143, "it was running when").signalled(2).quickly());
        all.put(
                "loop in one process",
                in("value", LOOP, 143, "it was running when")
                        .on(off)
                        .signalled(2)
                        .quickly());
        all.put(
                "loop that is watched",
                in("value", LOOP, 143, "no step for 1 s")
                        .on("-Dchainrule.watchdog=1")
                        .signalled(2));
        all.put(
                "deadlock",
                in("value", "Hostile.deadlock();", 143, "it was running when").signalled(2));
        all.put(
                "loop in another thread",
                new Hostile(
                        source("value", "Hostile.spin(); Hostile.sign(); Hostile.rest();"),
                        List.of(),
                        1,
                        143,
                        "interrupted",
                        "user",
                        "interrupted",
                        false));
        all.put(
                "shutdown hook that loops",
                completed("Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true) { } }));")
                        .quickly());
        all.put("recursion", in("value", "Hostile.down(z);", 1, "stack overflow"));
        all.put(
                "memory",
                in("value", "Hostile.fill();", 1, "out of memory")
                        .on("-Xmx160m")
                        .quickly());
        all.put(
                "all memory",
                in("value", "Hostile.fillUp();", 1, "out of memory")
                        .on("-Xmx160m")
                        .blaming("plugin|machine"));
        all.put("exception", in("value", "throw new IllegalStateException(\"no moon\");", 1, "no moon"));
        all.put("thread death", in("value", "throw new ThreadDeath();", 1, "thread death"));
        all.put("static failure", in("value", "Broken.touch();", 1, "no sun"));
        all.put("interrupt", completed("Thread.currentThread().interrupt();"));
        all.put("late thread", completed("new Thread(() -> Hostile.rest()).start();"));
        all.put(
                "late failure",
                completed(
                        "new Thread(() -> { throw new IllegalStateException(\"late\"); }).start(); Hostile.breathe();"));
        all.put(
                "closed streams",
                new Hostile(
                        source("value", "System.out.close(); System.err.close();"),
                        List.of(off),
                        0,
                        0,
                        "completed",
                        "",
                        "",
                        false));
        return all;
    }

    /** Return a plugin that ends the run it takes part in. */
    private static Hostile in(String where, String statement, int code, String said) {
        return new Hostile(
                source(where, statement),
                List.of(),
                0,
                code,
                code == 143 ? "interrupted" : "failed",
                "plugin",
                said,
                false);
    }

    private static Hostile before(String where, String statement, String said) {
        return new Hostile(source(where, statement), List.of(), 0, 1, "", "", said, false);
    }

    private static Hostile completed(String statement) {
        return new Hostile(source("value", statement), List.of(), 0, 0, "completed", "", "", false);
    }

    @TestFactory
    Stream<DynamicTest> run_hostilePlugin_endsAndNamesIt() {
        return tests(true, QUICK);
    }

    @TestFactory
    @Tag("proof")
    Stream<DynamicTest> run_everyHostilePlugin_endsAndNamesIt() {
        assertEquals(ALL, all().size());
        return tests(false, ALL - QUICK);
    }

    private Stream<DynamicTest> tests(boolean quick, int count) {
        List<DynamicTest> tests = new ArrayList<>();
        all().forEach((name, hostile) -> {
            if (hostile.quick() == quick) {
                tests.add(DynamicTest.dynamicTest(name, () -> check(name.replace(' ', '-'), hostile)));
            }
        });
        assertEquals(count, tests.size());
        return tests.stream();
    }

    private void check(String name, Hostile hostile) throws IOException, InterruptedException {
        Shell shell = new Shell(Files.createDirectories(folder.resolve(name)));
        TestJar jar = new TestJar().plugin("Entry");
        hostile.source().forEach(jar::source);
        shell.file("hostile.jar", jar.bytes())
                .file(
                        "gates.yaml",
                        Samples.GATES.replace("tanh", "hostile")
                                + "plugins: [ hostile.jar ]\nhooks: [ hostile_end ]\n");
        Child child = Child.start(shell.at("."), hostile.options(), "gates.yaml", "--run-dir", "run", "--quiet");
        if (hostile.signals() > 0) {
            await(shell.at("sign"), child);
            if (hostile.said().startsWith("no step")) {
                TimeUnit.SECONDS.sleep(3); // the time that the watchdog is given, and twice that
            }
            child.signal("TERM");
        }
        if (hostile.signals() > 1) {
            // Two signals within a moment are one request. The warning appears after that moment, however busy the
            // machine
            // is.
            child.awaitError("a second signal ends it immediately");
            child.signal("TERM");
            long signalled = System.nanoTime();
            child.code();
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - signalled);
            assertTrue(seconds < MOST_SECONDS_AFTER_SECOND_SIGNAL, () -> "it took " + seconds + " s");
        }
        assertEquals(hostile.code(), child.code(), () -> child.out() + child.err());
        assertFalse(child.err().contains("\tat "), child::err);
        if (hostile.state().isEmpty()) {
            assertFalse(Files.exists(shell.at("run/run.json")));
            assertTrue(child.err().contains(hostile.said()), child::err);
            assertTrue(child.err().contains("hostile.jar"), child::err);
            return;
        }
        String text = shell.text("run/run.json");
        Map<?, ?> record = (Map<?, ?>) JsonReader.read(text);
        if (hostile.signals() > 1 && record.get("state").equals("running")) {
            // A machine that is too busy ends the process before the record is written; then the next command writes
            // it.
            shell.done("runs", "/demo/run");
            assertTrue(
                    shell.text("run/run.json").contains("\"state\": \"unfinished\""), () -> shell.text("run/run.json"));
            return;
        }
        assertEquals(hostile.state(), record.get("state"), text);
        if (hostile.state().equals("running")) {
            assertTrue(child.err().contains(hostile.said()), child::err);
            return;
        }
        assertEquals((long) hostile.code(), record.get("exit"));
        Map<?, ?> blame = (Map<?, ?>) ((Map<?, ?>) record.get("result")).get("blame");
        if (hostile.who().isEmpty()) {
            assertEquals(null, blame);
            return;
        }
        assertTrue(blame.get("who").toString().matches(hostile.who()), text);
        assertTrue((child.err() + text).contains(hostile.said()), () -> child.err() + text);
        if (blame.get("who").equals("plugin")) {
            assertEquals("hostile.jar", blame.get("jar"), text);
            assertTrue(blame.get("place").toString().matches("(Hostile|Late|Broken)\\.java:[0-9]+"), text);
        }
    }

    private static void await(Path file, Child child) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
        while (!Files.exists(file)) {
            assertTrue(child.isAlive() && System.nanoTime() < until, child::err);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Return a plugin with an activation and a hook, one of which does something in a place. */
    private static Map<String, String> source(String where, String statement) {
        Map<String, String> sources = new LinkedHashMap<>();
        sources.put("Entry", """
                import dev.chainrule.api.*; import dev.chainrule.api.training.*;
                import java.util.List;

                public final class Entry implements Plugin {
                    public int apiLevel() { return Api.LEVEL; }
                    public List<Class<? extends Record>> components() { return List.of(Hostile.class, Late.class); }
                }
                """);
        sources.put("Broken", """
                final class Broken {
                    static { if (true) { throw new IllegalStateException("no sun"); } }
                    static void touch() {}
                }
                """);
        sources.put("Late", """
                import dev.chainrule.api.*; import dev.chainrule.api.training.*;

                @Component("hostile_end")
                @Doc("Does something in the end.")
                public record Late() implements HookSpec {
                    public Hook create(Run run) {
                        return new Hook() {
                            public void onRunEnd(Hook.Ending ending) {
                                %s
                            }
                        };
                    }
                }
                """.formatted(where.equals("end") ? statement : ""));
        sources.put("Hostile", """
                import dev.chainrule.api.*; import dev.chainrule.api.training.*;

                @Component("hostile")
                @Doc("Does something in the middle.")
                public record Hostile() implements Elementwise {
                    private static int calls;
                    static { if (true) { %s } }
                    public Hostile { %s }
                    public double value(double z) {
                        // Later than any look at it before the run, and once.
                        if (++calls == 40) {
                            %s
                        }
                        return z * z;
                    }
                    public double derivative(double z, double a) { return 2 * z; }
                    static void sign() {
                        try {
                            java.nio.file.Files.writeString(java.nio.file.Path.of("sign"), "");
                        } catch (java.io.IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    }
                    static void breathe() {
                        try { Thread.sleep(300); } catch (InterruptedException e) { }
                    }
                    static void rest() {
                        for (int i = 0; i < 10; i++) { breathe(); }
                    }
                    static double down(double z) { return down(z) + 1; }
                    static void spin() {
                        Thread thread = new Thread(() -> { while (true) { Thread.onSpinWait(); } });
                        thread.start();
                    }
                    private static Object all;
                    static void fill() {
                        while (true) { all = new Object[] {all, new long[1 << 16]}; }
                    }
                    // The JVM keeps stack traces for four errors. Other threads that need memory meanwhile may take them all.
                    static void fillUp() {
                        try { fill(); } catch (OutOfMemoryError e) { }
                        while (true) { all = new Object[] {all}; }
                    }
                    static void deadlock() {
                        Object one = new Object();
                        Object two = new Object();
                        Thread other = new Thread(() -> {
                            synchronized (two) { breathe(); synchronized (one) { sign(); } }
                        });
                        synchronized (one) { other.start(); breathe(); sign(); synchronized (two) { sign(); } }
                    }
                }
                """.formatted(
                        where.equals("static") ? statement : "",
                        where.equals("constructor") ? statement : "",
                        where.equals("value") ? statement : ""));
        return sources;
    }
}
