package dev.chainrule.app.testing;

import dev.chainrule.app.Entry;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Make jars of the classes under test, before the build makes the ones it ships. */
public final class ProgramJar {
    private ProgramJar() {}

    /** Return the version of the project. */
    public static String version() throws IOException {
        Matcher matcher = Pattern.compile("<version>(.*?)</version>")
                .matcher(Files.readString(InProcess.ROOT.resolve("pom.xml")));
        return matcher.find() ? matcher.group(1) : "";
    }

    /** Write a pipeline.jar that holds the program's own classes and names all others in its manifest. */
    public static void writePipeline(Path file) throws IOException {
        List<Path> others = new ArrayList<>(classPath());
        Path own = others.stream()
                .filter(path -> Files.exists(path.resolve("dev/chainrule/app/Main.class")))
                .findFirst()
                .orElseThrow();
        others.remove(own);
        Manifest manifest = manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MAIN_CLASS, Entry.MAIN.getName());
        attributes.put(
                Attributes.Name.CLASS_PATH,
                String.join(
                        " ",
                        others.stream().map(path -> path.toUri().toString()).toList()));
        write(own, manifest, file);
    }

    /** Write the jar of one module: a copy of the build's jar, or its classes in a jar. */
    public static void writeModule(String module, Path file) throws IOException {
        Path found = classPath().stream()
                .filter(path ->
                        path.startsWith(InProcess.ROOT.resolve("modules").resolve(module)))
                .filter(path -> !path.endsWith("test-classes"))
                .findFirst()
                .orElseThrow();
        if (Files.isDirectory(found)) {
            write(found, manifest(), file);
        } else {
            Files.copy(found, file);
        }
    }

    /** Return the jar that the tests run. */
    public static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }

    private static Manifest manifest() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version());
        return manifest;
    }

    private static void write(Path classes, Manifest manifest, Path file) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), manifest);
                Stream<Path> found = Files.walk(classes)) {
            for (Path path : found.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(path).toString().replace(File.separatorChar, '/')));
                Files.copy(path, out);
            }
        }
    }
}
