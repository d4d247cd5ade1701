package dev.chainrule.config.plugin;

import dev.chainrule.api.Api;
import dev.chainrule.config.classfile.Call;
import java.lang.invoke.MethodType;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

/** The classes and methods that are available to a plugin. */
final class Surroundings {
    private final ClassLoader application;
    private final Set<String> own;

    /**
     * Create the surroundings of a plugin.
     *
     * @param application the class loader that knows the API
     * @param own the names of the classes in the plugin's jars
     */
    Surroundings(ClassLoader application, Set<String> own) {
        this.application = application;
        this.own = own;
    }

    /** Return whether a class is available. */
    boolean hasClass(String name) {
        String file = name.replace('.', '/') + ".class";
        return own.contains(name)
                || ClassLoader.getPlatformClassLoader().getResource(file) != null
                || Api.shows(name) && application.getResource(file) != null;
    }

    /** Return whether a method of the API or the matrices exists; methods of other classes are not checked. */
    boolean hasMethod(Call call) {
        if (!Api.shows(call.owner()) || !hasClass(call.owner())) {
            return true; // a missing class is reported elsewhere
        }
        try {
            return hasMethod(Class.forName(call.owner(), false, application), call);
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static boolean hasMethod(Class<?> type, Call call) {
        if (type == null) {
            return false;
        }
        Stream<? extends Executable> declared = call.name().equals("<init>")
                ? Arrays.stream(type.getDeclaredConstructors())
                : Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> method.getName().equals(call.name()));
        return declared.anyMatch(method -> descriptor(method).equals(call.descriptor()))
                || hasMethod(type.getSuperclass(), call)
                || Arrays.stream(type.getInterfaces()).anyMatch(parent -> hasMethod(parent, call))
                || type.isInterface() && hasMethod(Object.class, call);
    }

    private static String descriptor(Executable method) {
        Class<?> result = method instanceof Method declared ? declared.getReturnType() : void.class;
        return MethodType.methodType(result, method.getParameterTypes()).descriptorString();
    }
}
