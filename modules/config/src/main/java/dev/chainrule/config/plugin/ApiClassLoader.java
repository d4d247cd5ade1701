package dev.chainrule.config.plugin;

import java.util.List;

/**
 * Show plugins the JDK, the API, the matrices and EJML, and nothing else of the application.
 *
 * <p>So a plugin can bring its own version of whatever the application happens to use, and cannot come to depend on the
 * application's inside. Resources are not shown at all: a plugin must not find the application's own services file.
 */
final class ApiClassLoader extends ClassLoader {
    private static final List<String> SHOWN = List.of("dev.chainrule.api.", "dev.chainrule.math.", "org.ejml.");

    private final ClassLoader application;

    ApiClassLoader(ClassLoader application) {
        super(getPlatformClassLoader());
        this.application = application;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (shows(name)) {
            return application.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }

    /** Return whether plugins see the application's class of a name. */
    static boolean shows(String name) {
        return SHOWN.stream().anyMatch(name::startsWith);
    }
}
