package dev.chainrule.app.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compile sources into a plugin's jar, all in memory, and spoil it where a test wants that. */
public final class TestJar {
    private static final String SERVICES = "META-INF/services/dev.chainrule.api.Plugin";

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    /** Shared, since it reads the class path only once. */
    private static final JavaFileManager MANAGER = COMPILER.getStandardFileManager(null, null, StandardCharsets.UTF_8);

    private final List<JavaFileObject> sources = new ArrayList<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, UnaryOperator<byte[]>> spoilt = new LinkedHashMap<>();
    private final Manifest manifest = new Manifest();
    private FileTime time = FileTime.fromMillis(0);

    public TestJar() {
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    }

    /** Add a class; one in a package is written {@code mine/Swish}. */
    public TestJar source(String className, String source) {
        sources.removeIf(before -> before.getName().equals("/" + className + ".java"));
        sources.add(
                new SimpleJavaFileObject(URI.create("string:///" + className + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                });
        return this;
    }

    /** Name the class that is the plugin. */
    public TestJar plugin(String className) {
        return file(SERVICES, className.getBytes(StandardCharsets.UTF_8));
    }

    /** Add a file. */
    public TestJar file(String name, byte[] bytes) {
        files.put(name, bytes);
        return this;
    }

    /** Let the manifest name another jar, as jars name their libraries for a class path. */
    public TestJar classPath(String jar) {
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, jar);
        return this;
    }

    /** Let the manifest name plugin and version. */
    public TestJar named(String title, String version) {
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_TITLE, title);
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        return this;
    }

    /** Change a file after everything is compiled; null leaves it out. */
    public TestJar spoil(String name, UnaryOperator<byte[]> change) {
        spoilt.put(name, change);
        return this;
    }

    /** Move a file after everything is compiled. */
    public TestJar move(String from, String to) {
        return spoil(from, bytes -> {
            files.put(to, bytes);
            return null;
        });
    }

    /** Give all files a time. */
    public TestJar at(FileTime time) {
        this.time = time;
        return this;
    }

    /** Return the jar. */
    public byte[] bytes() {
        compile();
        spoilt.forEach((name, change) -> {
            byte[] changed = change.apply(files.remove(name));
            if (changed != null) {
                files.put(name, changed);
            }
        });
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                JarEntry entry = new JarEntry(file.getKey());
                entry.setLastModifiedTime(time);
                out.putNextEntry(entry);
                out.write(file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void compile() {
        if (sources.isEmpty()) {
            return;
        }
        StringWriter out = new StringWriter();
        List<String> options = List.of("-proc:none", "-classpath", System.getProperty("java.class.path"));
        Classes classes = new Classes(MANAGER);
        if (!COMPILER.getTask(out, classes, null, options, null, sources).call()) {
            throw new AssertionError(out.toString());
        }
        classes.written.forEach((name, bytes) -> files.put(name + ".class", bytes.toByteArray()));
    }

    /** Keep compiled classes in memory. */
    private static final class Classes extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new LinkedHashMap<>();

        Classes(JavaFileManager manager) {
            super(manager);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            written.put(className.replace('.', '/'), bytes);
            return new SimpleJavaFileObject(URI.create("memory:///" + className + ".class"), kind) {
                @Override
                public ByteArrayOutputStream openOutputStream() {
                    return bytes;
                }
            };
        }
    }
}
