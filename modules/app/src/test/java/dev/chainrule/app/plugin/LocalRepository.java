package dev.chainrule.app.plugin;

import dev.chainrule.app.testing.InProcess;
import dev.chainrule.app.testing.ProgramJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Make a local Maven repository with the artifacts of {@code make install}, built from the classes under test, and
 * links to those of others that this build already uses.
 */
final class LocalRepository {
    private static final List<String> MODULES =
            List.of("math", "api", "table", "config", "model", "engine", "builtin", "testkit");

    private LocalRepository() {}

    /** Write the repository into a new folder. */
    static void write(Path folder) throws IOException {
        Path own = folder.resolve("dev/chainrule");
        Files.createDirectories(own);
        link(used(), folder, "dev");
        link(used().resolve("dev"), folder.resolve("dev"), "chainrule");
        String version = ProgramJar.version();
        Path parent = Files.createDirectories(own.resolve("chainrule").resolve(version));
        Files.copy(InProcess.ROOT.resolve("pom.xml"), parent.resolve("chainrule-" + version + ".pom"));
        for (String module : MODULES) {
            String artifact = "chainrule-" + module;
            Path place = Files.createDirectories(own.resolve(artifact).resolve(version));
            Files.copy(
                    InProcess.ROOT.resolve("modules").resolve(module).resolve("pom.xml"),
                    place.resolve(artifact + "-" + version + ".pom"));
            ProgramJar.writeModule(module, place.resolve(artifact + "-" + version + ".jar"));
        }
    }

    /** Remove the links, and nothing that they lead to. */
    static void removeLinks(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(folder, 2)) {
            for (Path entry : entries.filter(Files::isSymbolicLink).toList()) {
                Files.delete(entry);
            }
        }
    }

    /** Return the repository that the class path of these tests comes from. */
    private static Path used() {
        String end = "/org/junit/jupiter/";
        return ProgramJar.classPath().stream()
                .map(path -> path.toUri().getPath())
                .filter(path -> path.contains(end))
                .map(path -> Path.of(path.substring(0, path.indexOf(end))))
                .findFirst()
                .orElseThrow();
    }

    private static void link(Path from, Path to, String except) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                if (!entry.getFileName().toString().equals(except)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
                }
            }
        }
    }
}
