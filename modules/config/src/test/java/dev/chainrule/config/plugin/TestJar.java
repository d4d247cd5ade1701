package dev.chainrule.config.plugin;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compile sources into a plugin's jar, as a plugin's author would. */
final class TestJar {
    static final String SERVICES = "META-INF/services/dev.chainrule.api.Plugin";

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    /** Shared, since it reads the class path only once. */
    private static final StandardJavaFileManager MANAGER =
            COMPILER.getStandardFileManager(null, null, StandardCharsets.UTF_8);

    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Manifest manifest = new Manifest();

    TestJar() {
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    }

    TestJar source(String className, String source) {
        sources.put(className, source);
        return this;
    }

    TestJar file(String path, String content) {
        return file(path, content.getBytes(StandardCharsets.UTF_8));
    }

    TestJar file(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    TestJar named(String title, String version) {
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_TITLE, title);
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        return this;
    }

    Path write(Path folder, String name) throws IOException {
        Path classes = Files.createTempDirectory(folder, "classes");
        compile(classes);
        Path jar = folder.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                Stream<Path> compiled = Files.walk(classes)) {
            compiled.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .forEach(file ->
                            files.put(classes.relativize(file).toString().replace('\\', '/'), bytes(file)));
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                out.putNextEntry(new JarEntry(file.getKey()));
                out.write(file.getValue());
            }
        }
        return jar;
    }

    private void compile(Path classes) throws IOException {
        if (sources.isEmpty()) {
            return;
        }
        Path folder = Files.createTempDirectory(classes, "src");
        List<Path> written = new ArrayList<>();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            written.add(Files.writeString(folder.resolve(source.getKey() + ".java"), source.getValue()));
        }
        StringWriter out = new StringWriter();
        List<String> options =
                List.of("-d", classes.toString(), "-proc:none", "-classpath", System.getProperty("java.class.path"));
        boolean done = COMPILER.getTask(out, MANAGER, null, options, null, MANAGER.getJavaFileObjectsFromPaths(written))
                .call();
        if (!done) {
            throw new AssertionError(out.toString());
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
