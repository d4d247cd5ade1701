package dev.chainrule.app.launch;

import java.io.File;
import java.util.List;

/**
 * Name the archive of loaded and verified classes beside the jar, from which a child JVM starts sooner.
 *
 * <p>It is made by the JVM itself when asked ({@value #ARCHIVE}), serves that very version of it and that very jar, and is passed
 * over where anything differs; the JVM's remarks on that are not for the user. Nothing but the time to start depends on it.
 */
final class SharedClasses {
    /** The launcher's switch that makes an archive of the classes a run has used. */
    static final String ARCHIVE = "archive";

    private static final String JAR = ".jar";

    private SharedClasses() {}

    /** Return the JVM options that read the archive of a jar, or write it. */
    static List<String> options(String jar, JvmOptions given) {
        // the name tells the version: a JVM would announce another one's archive on stdout
        String name = jar.substring(0, jar.length() - JAR.length())
                .concat("-")
                .concat(System.getProperty("java.vm.version"))
                .concat(".jsa");
        List<String> silent = List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off");
        if (Launcher.isSwitched(ARCHIVE)) {
            return List.of(silent.get(0), silent.get(1), "-XX:ArchiveClassesAtExit=".concat(name));
        }
        File archive = new File(name);
        boolean fits = archive.lastModified() > new File(jar).lastModified();
        if (!fits || given.have("-XX:SharedArchiveFile") || given.have("-Xshare")) {
            return List.of();
        }
        return List.of(silent.get(0), silent.get(1), "-XX:SharedArchiveFile=".concat(name));
    }
}
