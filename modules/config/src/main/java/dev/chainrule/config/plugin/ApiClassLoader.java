package dev.chainrule.config.plugin;

import dev.chainrule.api.Api;

/**
 * A class loader that shows plugins the JDK and the classes of {@link Api#shows}, and nothing else of the application.
 *
 * <p>So a plugin can bring its own version of any library of the application, and cannot come to depend on the
 * application's internals. Resources are not shown at all: a plugin must not find the application's own services file.
 */
final class ApiClassLoader extends ClassLoader {
    private final ClassLoader application;

    ApiClassLoader(ClassLoader application) {
        super(getPlatformClassLoader());
        this.application = application;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (Api.shows(name)) {
            return application.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }
}
