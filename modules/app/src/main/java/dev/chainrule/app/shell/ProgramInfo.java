package dev.chainrule.app.shell;

import dev.chainrule.engine.files.Sha256;
import dev.chainrule.math.kernel.KernelParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * The identity of a program.
 *
 * @param version of the project
 * @param commit it was built from, or {@code unknown}
 * @param jar the file it runs from, if it is one
 */
public record ProgramInfo(String version, String commit, Optional<Path> jar) {
    /** Return the identity of the running program. */
    public static ProgramInfo current() {
        Optional<Path> jar = ownFile().filter(Files::isRegularFile);
        Manifest manifest = jar.flatMap(ProgramInfo::manifest).orElseGet(Manifest::new);
        String version = manifest.getMainAttributes().getValue("Implementation-Version");
        String commit = manifest.getMainAttributes().getValue("Chainrule-Commit");
        return new ProgramInfo(version == null ? "development" : version, commit == null ? "unknown" : commit, jar);
    }

    /** Return the facts of run.json about the program and the machine: they must not matter, and are recorded to prove it. */
    public Map<String, Object> facts(int threads) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("version", version);
        facts.put("commit", commit);
        facts.put("jar_sha256", jar.map(ProgramInfo::hash).orElse(""));
        facts.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("architecture", System.getProperty("os.arch"));
        facts.put("processor", processor());
        facts.put("processors", Runtime.getRuntime().availableProcessors());
        facts.put("threads", threads);
        facts.put("vector_bits", KernelParts.warm().vectorBits());
        return facts;
    }

    /** Return the processor's name as Linux shows it; Java has none. */
    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException | UncheckedIOException e) {
            return "";
        }
    }

    private static String hash(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            return "";
        }
    }

    private static Optional<Path> ownFile() {
        try {
            URL location =
                    ProgramInfo.class.getProtectionDomain().getCodeSource().getLocation();
            return Optional.of(Path.of(location.toURI()));
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Manifest> manifest(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return Optional.ofNullable(file.getManifest());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
