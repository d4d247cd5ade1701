package dev.chainrule.app.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two processes must be to their user what one would be. */
final class LauncherTests {
    private static final String[] UNUSUAL = {
        "a b", "", "\"quoted\"", "it's", "100%", "a+b", "*", "back\\slash", "$HOME", "two\nlines", "é ∂ 日本 😀"
    };

    @TempDir
    private Path folder;

    @Test
    void launch_fromClassPath_hasTheModuleInASecondJvm() {
        Jvm.Running running = probe().start("facts");
        String facts = running.end().out();

        assertNotEquals(Long.toString(running.process().pid()), fact(facts, "pid"));
        assertEquals("true", fact(facts, "child"));
        assertEquals("true", fact(facts, "vector"));
    }

    @Test
    void launch_fromJar_hasTheModuleInASecondJvm() {
        Jvm.Result result = probe().fromJar().run("facts");

        assertEquals("true", fact(result.out(), "child"));
        assertEquals("true", fact(result.out(), "vector"));
        assertEquals("", result.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Dchainrule.launcher=off", "--add-modules=jdk.incubator.vector"})
    void launch_switchedOffOrNotNeeded_runsHere(String option) {
        Jvm.Running running = probe().options(option).start("facts");

        assertEquals(Long.toString(running.process().pid()), fact(running.end().out(), "pid"));
    }

    @Test
    void launch_switchedOffByEnvironment_runsHere() {
        Jvm.Result result = probe().environment("CHAINRULE_LAUNCHER", "off").run("facts");

        assertEquals("false", fact(result.out(), "child"));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs kill and executable scripts")
    void launch_noJavaToStart_runsHereWithoutAWord() throws IOException {
        assertRunsHere(homeWithoutPrograms());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs kill and executable scripts")
    void launch_childFailsBeforeMain_runsHereWithoutAWord() throws IOException {
        Path java = homeWithoutPrograms().resolve("bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, "#!/bin/sh\necho Error: Could not create the Java Virtual Machine. >&2\nexit 1\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertRunsHere(java.getParent().getParent());
    }

    /** Another name of the Java that runs, of which everything is there but bin. */
    private Path homeWithoutPrograms() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        try (Stream<Path> entries = Files.list(Path.of(System.getProperty("java.home")))) {
            for (Path entry : entries.toList()) {
                if (!entry.endsWith("bin")) {
                    Files.createSymbolicLink(home.resolve(entry.getFileName()), entry);
                }
            }
        }
        return home;
    }

    private void assertRunsHere(Path home) throws IOException {
        Jvm.Result result = probe().options("-Dprobe.home=" + home).run("facts");
        try (Stream<Path> entries = Files.list(home)) {
            for (Path link : entries.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }

        assertEquals("false", fact(result.out(), "child"));
        assertEquals("", result.err());
        assertEquals(0, result.code());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 255})
    void launch_childReturnsCode_returnsIt(int code) {
        assertEquals(code, probe().run("exit", Integer.toString(code)).code());
    }

    @Test
    void launch_unusualArguments_arriveUnchanged() {
        String expected = Stream.of(UNUSUAL)
                .map(arg -> Arrays.toString(arg.chars().toArray()))
                .collect(Collectors.joining(System.lineSeparator(), "", System.lineSeparator()));

        assertEquals(expected, arguments(probe().environment("LC_ALL", "C.UTF-8")));
        assertEquals(
                expected, arguments(probe().environment("LC_ALL", "C.UTF-8").fromJar()));
    }

    /** In a locale without such characters the first JVM gets something else; the second must get that, and nothing else again. */
    @Test
    void launch_argumentsThatTheLocaleCannotSay_arriveAsInOneProcess() {
        Jvm one = probe().environment("LC_ALL", "C").options("-Dchainrule.launcher=off");
        Jvm two = probe().environment("LC_ALL", "C");

        assertEquals(arguments(one), arguments(two));
    }

    @Test
    void launch_standardInput_reachesTheChild() {
        Jvm.Running running = probe().start("echo");

        assertEquals("one\ntwo", running.type("one\ntwo").end().out());
    }

    @Test
    void launch_standardError_isPassedByteForByte() {
        Jvm.Result one = probe().options("-Dchainrule.launcher=off").run("bytes");
        Jvm.Result two = probe().run("bytes");

        assertTrue(one.err().startsWith("\0\u00ffWARNING"), one.err());
        assertEquals(one.err(), two.err());
    }

    @Test
    void launch_halfALineOfStandardError_isPassedAtOnce() {
        Jvm.Running running = probe().start("half");

        assertEquals("half a line", running.awaitErr("half a line"));
        assertEquals(
                "half a line, and the rest" + System.lineSeparator(),
                running.type("x").end().err());
    }

    @Test
    void launch_whatElseTheJvmSaysAtItsStart_isPassed() {
        Jvm.Result result =
                probe().options("--add-opens=no.such.module/p=ALL-UNNAMED").run("facts");

        assertTrue(result.err().contains("no.such.module"), result.err());
        assertFalse(result.err().contains("incubator"), result.err());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void launch_bothOutputsIntoOneFile_keepTheirOrder() {
        ProcessBuilder builder = probe().builder("turns").redirectErrorStream(true);
        String lines = new Jvm.Running(builder).end().out();

        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            for (String stream : List.of("out ", "err ", "system ")) {
                expected.append(stream).append(i).append(System.lineSeparator());
            }
        }
        assertEquals(expected.toString(), lines);
    }

    @Test
    void launch_optionsOfTheUser_holdInTheChild() {
        Jvm jvm = probe().options("-Dx=a b", "-Xmx60m", "-ea", "--add-modules", "java.sql")
                .environment("JDK_JAVA_OPTIONS", "-Dy=1");
        Jvm.Result result = jvm.run("facts");
        Jvm.Result one = jvm.options("-Dchainrule.launcher=off").run("facts");

        assertEquals("true", fact(result.out(), "child"));
        assertEquals("a b", fact(result.out(), "x"));
        assertEquals("1", fact(result.out(), "y"));
        assertEquals("true", fact(result.out(), "assertions"));
        assertEquals("true", fact(result.out(), "sql"));
        assertTrue(Long.parseLong(fact(result.out(), "memory")) <= 60L << 20, result.out());
        assertEquals(one.err(), result.err());
    }

    @Test
    void launch_withoutOptions_takesTheCollectorOfLeastMemory() {
        assertEquals("Copy", fact(probe().run("facts").out(), "collector"));
        assertEquals("Copy", fact(probe().options("-Xmx200m").run("facts").out(), "collector"));
        Jvm.Result chosen = probe().options("-XX:+UseParallelGC").run("facts");
        assertEquals("PS MarkSweep", fact(chosen.out(), "collector"));
    }

    @ParameterizedTest
    @CsvSource({
        "-Xmx1g, false",
        "-Xms1g, true",
        "-Xmn1g, true",
        "-XX:+UseG1GC, true",
        "-XX:MaxRAMPercentage=20, true",
        "-XX:MaxHeapSize=1g, true",
        "-Xlog:gc, false",
        "-Dmemory=1, false"
    })
    void haveMemory_option_isTold(String option, boolean expected) {
        assertEquals(expected, new JvmOptions(List.of(option)).haveMemory());
    }

    @Test
    void launch_archiveOfClasses_isMadeAndThenReadWhileItIsNewerThanTheJar(@TempDir Path folder) throws IOException {
        Jvm jvm = probe().in(folder).fromJar();
        assertEquals("false", fact(jvm.run("facts").out(), "archive"));

        Jvm.Result made = probe().in(folder)
                .fromJar()
                .environment("CHAINRULE_LAUNCHER", "archive")
                .run("facts");
        assertEquals(0, made.code());
        assertEquals("", made.err());
        File archive = folder.resolve("thin program-" + System.getProperty("java.vm.version") + ".jsa")
                .toFile();
        assertTrue(archive.length() > 0);

        // a JVM that finds it does not fit, as the jar was written anew, goes on without a word
        assertTrue(archive.setLastModified(System.currentTimeMillis() + 60_000));
        Jvm.Result read = jvm.run("facts");
        assertEquals("true", fact(read.out(), "archive"));
        assertTrue(read.out().lines().allMatch(line -> line.matches("[a-z]+=.*")), read.out());
        assertEquals("", read.err());
        assertEquals(
                "false",
                fact(
                        probe().in(folder)
                                .fromJar()
                                .options("-Xshare:auto")
                                .run("facts")
                                .out(),
                        "archive"));

        assertTrue(archive.setLastModified(1));
        assertEquals("false", fact(jvm.run("facts").out(), "archive"));
    }

    @Test
    void unshareable_debugger_isNamed() {
        JvmOptions options = new JvmOptions(List.of("-Xmx1g", "-agentlib:jdwp=transport=dt_socket,server=y"));

        assertEquals(Optional.of("-agentlib:jdwp"), options.unshareable());
        assertEquals(Optional.empty(), new JvmOptions(List.of("-Xmx1g", "-ea")).unshareable());
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs kill and executable scripts")
    void launch_signalToTheParentAlone_endsTheChildAndThenTheParent(String signal, int code) throws IOException {
        assumeAnswered(signal);
        Jvm.Running running = probe().start("sleep");
        ProcessHandle child = sleeper(running);

        Jvm.Running.signal(running.process().pid(), signal);
        Jvm.Result result = running.await();

        assertEquals(code, result.code());
        assertEquals("saved", result.err());
        assertFalse(child.isAlive());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs kill and executable scripts")
    void launch_childKilled_returnsItsCode() {
        Jvm.Running running = probe().start("sleep");

        Jvm.Running.signal(sleeper(running).pid(), "KILL");

        assertEquals(137, running.await().code());
    }

    @Test
    void launch_parentKilled_endsTheChild() throws Exception {
        Jvm.Running running = probe().start("sleep");
        ProcessHandle child = sleeper(running);
        assertTrue(child.isAlive());

        running.process().destroyForcibly();

        // Two seconds are promised; the rest is for a busy machine.
        child.onExit().get(20, TimeUnit.SECONDS);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void launch_onATerminal_theChildHasItToo() throws IOException {
        Jvm.Running running = new Jvm.Running(onTerminal("facts"));

        assertTrue(running.awaitOut("terminal=").contains("terminal=true"));
        assertEquals(0, running.end().code());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void launch_interruptKeyOfATerminal_endsBoth() throws IOException {
        assumeAnswered("INT");
        Jvm.Running running = new Jvm.Running(onTerminal("sleep"));
        ProcessHandle child = sleeper(running);

        Jvm.Result result = running.type("\u0003").await();

        assertEquals(130, result.code());
        assertTrue(result.out().endsWith("saved"), result.out());
        assertFalse(child.isAlive());
    }

    /** As timeout does, which sends each signal to the process and to its group. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs kill and executable scripts")
    void launch_oneRequestInSeveralSignals_isNotTwo(boolean launched) {
        Jvm jvm = launched ? probe() : probe().options("-Dchainrule.launcher=off");
        Jvm.Running running = jvm.start("stubborn");
        running.awaitOut("pid=");
        String out = running.awaitOut(".");
        String pid = out.substring(out.indexOf("pid=") + 4, out.indexOf('.'));
        String both = running.process().pid() + " " + pid;

        Jvm.Running.signal(both + " " + both, "TERM");
        running.awaitErr("one ");
        Jvm.Running.signal(running.process().pid(), "TERM");
        Jvm.Result result = running.await();

        assertEquals("one two", result.err());
        assertEquals(143, result.code());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void launch_interruptKeyTwice_isTwoRequests() throws IOException {
        assumeAnswered("INT");
        Jvm.Running running = new Jvm.Running(onTerminal("stubborn"));
        running.awaitOut("pid=");

        running.type("\u0003").awaitOut("one ");
        Jvm.Result result = running.type("\u0003").await();

        assertEquals(130, result.code());
        assertTrue(result.out().replace("^C", "").endsWith("one two"), result.out());
    }

    private Jvm probe() {
        return new Jvm(Probe.class.getName()).in(folder);
    }

    /** On a terminal of its own, which util-linux' script makes; its standard input is the keyboard. */
    private ProcessBuilder onTerminal(String... args) throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "there is no script to make a terminal");
        ProcessBuilder builder = probe().builder(args);
        String command =
                builder.command().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        return builder.command("/usr/bin/script", "-qec", "exec " + command, "/dev/null");
    }

    private static ProcessHandle sleeper(Jvm.Running running) {
        running.awaitOut("pid=");
        String out = running.awaitOut(".");
        long pid = Long.parseLong(out.substring(out.indexOf("pid=") + 4, out.indexOf('.')));
        assertNotEquals(running.process().pid(), pid);
        return ProcessHandle.of(pid).orElseThrow();
    }

    private static String arguments(Jvm jvm) {
        String[] args =
                Stream.concat(Stream.of("arguments"), Stream.of(UNUSUAL)).toArray(String[]::new);
        Jvm.Result result = jvm.run(args);
        assertEquals(0, result.code(), result.err());
        return result.out();
    }

    private static String fact(String facts, String name) {
        return facts.lines()
                .filter(line -> line.startsWith(name + "="))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in: " + facts))
                .substring(name.length() + 1);
    }

    /** A shell without job control starts background processes with signals ignored, which is inherited. */
    static void assumeAnswered(String signal) throws IOException {
        Path status = Path.of("/proc/self/status");
        int number = List.of("", "HUP", "INT").indexOf(signal);
        boolean ignored = number > 0
                && Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .mapToLong(
                                line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                        .anyMatch(mask -> (mask >> (number - 1) & 1) == 1);
        assumeTrue(!ignored, "this process was told to ignore SIG" + signal + ", and so are those it starts");
    }
}
