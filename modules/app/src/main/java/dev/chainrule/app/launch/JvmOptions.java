package dev.chainrule.app.launch;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;

/**
 * The options that a JVM was started with, from command line, argument files and environment.
 *
 * @param list without class path, main class and arguments
 */
record JvmOptions(List<String> list) {
    /** The variables from which a JVM reads options. The list contains these already, so they must not be applied twice. */
    static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /** Options that claim a port or write a file at the end, which two processes cannot share. */
    private static final List<String> UNSHAREABLE = List.of(
            "-agentlib:jdwp",
            "-Xrunjdwp",
            "-Dcom.sun.management.jmxremote.port",
            "-XX:StartFlightRecording",
            "-XX:ArchiveClassesAtExit");

    /** Return the options of this JVM. */
    static JvmOptions current() {
        return new JvmOptions(
                haveNone() ? List.of() : ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    /** The usual case, detected cheaply: the management beans take longer than everything else in the launcher. */
    private static boolean haveNone() {
        for (String variable : VARIABLES) {
            if (System.getenv(variable) != null) {
                return false;
            }
        }
        String[] arguments = ProcessHandle.current().info().arguments().orElse(new String[] {""});
        return arguments.length > 0 && arguments[0].equals("-jar");
    }

    /** Return whether an option begins with a prefix. */
    boolean have(String prefix) {
        for (String option : list) {
            if (option.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Return whether the user has limited the heap. */
    boolean haveLimit() {
        return have("-Xmx");
    }

    /** Return whether the user has configured the memory by more than a limit: sizes of the heap's parts or a collector. */
    boolean haveMemory() {
        for (String option : list) {
            if (option.startsWith("-Xm") && !option.startsWith("-Xmx")
                    || option.matches("-XX:.*(GC|Heap|RAM|New|Old|Tenur|Survivor).*")) {
                return true;
            }
        }
        return false;
    }

    /** Return the first option that two processes cannot share. */
    Optional<String> unshareable() {
        for (String option : list) {
            for (String prefix : UNSHAREABLE) {
                if (option.startsWith(prefix)) {
                    return Optional.of(prefix);
                }
            }
        }
        return Optional.empty();
    }
}
