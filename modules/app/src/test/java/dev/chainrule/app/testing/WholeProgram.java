package dev.chainrule.app.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.Entry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Put the program's own classes into one jar, as pipeline.jar has them, and run it; libraries stay where they are. */
public final class WholeProgram {
    private static final String OWN = "dev/chainrule/";
    private static final String SERVICES = "META-INF/services/";
    private static final long LONGEST_SECONDS = 120;

    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final List<Path> libraries = new ArrayList<>();

    /** Collect the files of the class path: a module is a folder in some builds and a jar in others. */
    public WholeProgram() {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            try {
                if (Files.isDirectory(path)) {
                    fromFolder(path);
                } else if (path.getFileName().toString().startsWith("chainrule-")) {
                    fromJar(Files.readAllBytes(path));
                } else if (Files.exists(path)) {
                    libraries.add(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertTrue(files.size() > 300, files.size() + " classes");
    }

    /** Change the last bit of a constant in a class. */
    public WholeProgram flip(String className, float constant) {
        byte[] bytes = files.get(OWN + className + ".class");
        int wanted = Float.floatToRawIntBits(constant);
        int found = 0;
        for (int i = 1; i + 4 <= bytes.length; i++) {
            int bits = bytes[i] << 24 | (bytes[i + 1] & 255) << 16 | (bytes[i + 2] & 255) << 8 | bytes[i + 3] & 255;
            if (bits == wanted && bytes[i - 1] == 4) { // the tag of a float in the constant pool
                bytes[i + 3] ^= 1;
                found++;
            }
        }
        assertTrue(found == 1, constant + " stands " + found + " times in " + className);
        return this;
    }

    public WholeProgram write(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Entry.MAIN.getName());
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        libraries.stream()
                                .map(library -> library.toUri().toString())
                                .collect(Collectors.joining(" ")));
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (var file : files.entrySet()) {
                out.putNextEntry(new JarEntry(file.getKey()));
                out.write(file.getValue());
            }
        }
        return this;
    }

    /** Run a jar in a JVM of its own, in a folder. */
    public static InProcess run(Path jar, Path folder, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dchainrule.launcher=off",
                "-jar",
                jar.toString()));
        command.addAll(List.of(args));
        Path out = Files.createTempFile(folder, "program", ".out");
        Path err = Files.createTempFile(folder, "program", ".err");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertTrue(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS), "does not end");
        return new InProcess(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private void fromFolder(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                add(folder.relativize(file).toString().replace(File.separatorChar, '/'), Files.readAllBytes(file));
            }
        }
    }

    private void fromJar(byte[] jar) throws IOException {
        try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar))) {
            for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                if (!entry.isDirectory()) {
                    add(entry.getName(), in.readAllBytes());
                }
            }
        }
    }

    /** Several modules have services of one type. */
    private void add(String name, byte[] content) {
        if (name.startsWith(SERVICES)) {
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            joined.writeBytes(files.getOrDefault(name, new byte[0]));
            joined.writeBytes(content);
            joined.writeBytes("\n".getBytes(StandardCharsets.UTF_8));
            files.put(name, joined.toByteArray());
        } else if (name.startsWith(OWN)) {
            files.putIfAbsent(name, content);
        }
    }
}
