package dev.chainrule.app.launch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a child JVM that runs the same program with the Vector API. */
final class ChildJvm {
    private static final String JAR = ".jar";

    /**
     * A warm step allocates nothing, so the simplest collector is best: it starts fastest and needs the least memory. Large arrays
     * of examples are allocated in the old generation at once instead of being copied there twice.
     */
    private static final List<String> MEMORY = List.of("-XX:+UseSerialGC", "-XX:PretenureSizeThreshold=1m");

    private static final String YOUNG = "-Xmn48m";
    /** Under a limit on the heap most of it is for matrices, which are in none of the young generation. */
    private static final String YOUNG_UNDER_LIMIT = "-Xmn16m";
    /** Under a lower limit the JVM divides the heap as it likes, so that the program itself has room. */
    private static final long LARGE_LIMIT = 64L << 20;

    private ChildJvm() {}

    /**
     * Return the builder that starts it.
     *
     * @param secondRequest the file that reports a second request to end
     */
    static ProcessBuilder builder(Class<?> main, String[] given, JvmOptions options, Path secondRequest) {
        String[] args = Arguments.reachable(given);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (!options.haveMemory()) {
            command.addAll(MEMORY);
            if (!options.haveLimit()) {
                command.add(YOUNG);
            } else if (Runtime.getRuntime().maxMemory() >= LARGE_LIMIT) {
                command.add(YOUNG_UNDER_LIMIT);
            }
        }
        command.addAll(options.list());
        command.add("--add-modules");
        command.add(Launcher.MODULE);
        command.add(property(Child.PARENT, Long.toString(ProcessHandle.current().pid())));
        command.add(property(Child.SECOND_REQUEST, secondRequest.toString()));
        command.add(property(Child.MESSAGES_TO_STDOUT, Boolean.toString(isOneFile())));
        boolean plain = Arguments.arePlain(args);
        command.add(property(Child.ESCAPED, Boolean.toString(!plain)));
        program(main, options, command);
        command.addAll(List.of(plain ? args : Arguments.escape(args)));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeAll(JvmOptions.VARIABLES);
        return builder;
    }

    private static String property(String name, String value) {
        return "-D" + name + "=" + value;
    }

    /** As this JVM was started: from one jar, whose manifest then counts, or from a class path. */
    private static void program(Class<?> main, JvmOptions options, List<String> command) {
        String classPath = System.getProperty("java.class.path");
        String started = System.getProperty("sun.java.command", "");
        if (classPath.endsWith(JAR) && !classPath.contains(File.pathSeparator) && started.startsWith(classPath)) {
            command.addAll(SharedClasses.options(classPath, options));
            command.addAll(List.of("-jar", classPath));
        } else {
            command.addAll(List.of("-cp", classPath, main.getName()));
        }
    }

    /** Return whether stdout and stderr are the same terminal, pipe or file, as far as the system can tell. */
    private static boolean isOneFile() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/1"))
                    .equals(Files.readSymbolicLink(Path.of("/proc/self/fd/2")));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
