package dev.chainrule.app.launch;

import java.io.File;
import java.util.List;

/**
 * The archive of loaded and verified classes beside the jar, from which a child JVM starts faster.
 *
 * <p>The JVM creates it on request ({@value #ARCHIVE}). It serves exactly that version of the JVM and that jar, and is skipped if
 * anything differs; the JVM's remarks about that are not for the user. It affects nothing but the time to start.
 */
final class SharedClasses {
    /** The launcher's switch that creates an archive of the classes used by a run. */
    static final String ARCHIVE = "archive";

    private static final String JAR = ".jar";

    private SharedClasses() {}

    /** Return the JVM options that read the archive of a jar, or write it. */
    static List<String> options(String jar, JvmOptions given) {
        // the name contains the version: a JVM would announce another version's archive on stdout
        String name =
                jar.substring(0, jar.length() - JAR.length()) + "-" + System.getProperty("java.vm.version") + ".jsa";
        List<String> silent = List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off");
        if (Launcher.isSwitched(ARCHIVE)) {
            return List.of(silent.get(0), silent.get(1), "-XX:ArchiveClassesAtExit=" + name);
        }
        File archive = new File(name);
        boolean fits = archive.lastModified() > new File(jar).lastModified();
        if (!fits || given.have("-XX:SharedArchiveFile") || given.have("-Xshare")) {
            return List.of();
        }
        return List.of(silent.get(0), silent.get(1), "-XX:SharedArchiveFile=" + name);
    }
}
