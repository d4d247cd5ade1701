package dev.chainrule.config.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.security.SecureClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;

/**
 * A class loader for one plugin that reads its jars and nothing else.
 *
 * <p>Unlike {@link java.net.URLClassLoader} it does not follow {@code Class-Path} of a manifest, which would load jars
 * that nobody has hashed or consented to. The jars stay open as long as the program runs: classes are loaded when they
 * are first used.
 */
final class PluginClassLoader extends SecureClassLoader {
    private final Map<JarFile, URL> jars = new LinkedHashMap<>();

    /**
     * Open the jars of a plugin.
     *
     * @throws IOException if one cannot be read
     */
    PluginClassLoader(PluginFiles files, ClassLoader parent) throws IOException {
        super(files.jar().getFileName().toString(), parent);
        for (Path path : files.all()) {
            jars.put(
                    new JarFile(path.toFile(), true, ZipFile.OPEN_READ, Runtime.version()),
                    path.toUri().toURL());
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String file = name.replace('.', '/') + ".class";
        for (Map.Entry<JarFile, URL> jar : jars.entrySet()) {
            JarEntry entry = jar.getKey().getJarEntry(file);
            if (entry != null) {
                return define(name, jar.getKey(), entry, jar.getValue());
            }
        }
        throw new ClassNotFoundException(name);
    }

    private Class<?> define(String name, JarFile jar, JarEntry entry, URL url) throws ClassNotFoundException {
        byte[] bytes;
        try (InputStream in = jar.getInputStream(entry)) {
            bytes = in.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
        return defineClass(name, bytes, 0, bytes.length, new CodeSource(url, (CodeSigner[]) null));
    }

    /**
     * Return a resource from the open jars: the stream of a {@code jar:} URL may come from a cached, older jar of the
     * same path.
     */
    @Override
    public InputStream getResourceAsStream(String name) {
        InputStream parents = getParent().getResourceAsStream(name);
        if (parents != null) {
            return parents;
        }
        for (JarFile jar : jars.keySet()) {
            JarEntry entry = jar.getJarEntry(name);
            if (entry != null) {
                try {
                    return jar.getInputStream(entry);
                } catch (IOException e) {
                    return null; // as the superclass does
                }
            }
        }
        return null;
    }

    @Override
    protected URL findResource(String name) {
        List<URL> found = urls(name);
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        return Collections.enumeration(urls(name));
    }

    private List<URL> urls(String name) {
        List<URL> found = new ArrayList<>();
        for (Map.Entry<JarFile, URL> jar : jars.entrySet()) {
            JarEntry entry = jar.getKey().getJarEntry(name);
            if (entry != null) {
                found.add(url(jar.getValue(), entry));
            }
        }
        return found;
    }

    private static URL url(URL jar, JarEntry entry) {
        try {
            return new URL("jar:" + jar + "!/" + entry.getRealName());
        } catch (MalformedURLException e) {
            throw new IllegalStateException("no URL for " + entry.getName() + " in " + jar, e);
        }
    }
}
