package dev.chainrule.config.registry;

import dev.chainrule.api.Component;
import dev.chainrule.config.classfile.DeclaredAnnotations;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.function.Function;

/**
 * The annotations of a class that may come from a plugin.
 *
 * <p>Those of the program's own classes are read by reflection. Those of any other class are read from its class file:
 * reflection can run static initialisers of annotations in the class's own jar, and a plugin that is only listed or
 * described must not run.
 */
final class Declarations {
    private Declarations() {}

    /** Return the texts of an annotation of a class; empty if the class does not have it. */
    static <A extends Annotation> Optional<String> of(
            Class<?> type, Class<A> annotation, String element, Function<A, String> reflected) {
        return isOurs(type)
                ? Optional.ofNullable(type.getAnnotation(annotation)).map(reflected)
                : read(type).ofClass(annotation, element);
    }

    /** Return a text of an annotation of a record component; empty if the component does not have it. */
    static <A extends Annotation> Optional<String> of(
            RecordComponent component, Class<A> annotation, Function<A, String> reflected) {
        Class<?> owner = component.getDeclaringRecord();
        return isOurs(owner)
                ? Optional.ofNullable(component.getAnnotation(annotation)).map(reflected)
                : read(owner).ofComponent(component.getName(), annotation, "value");
    }

    /** Return whether a record component has an annotation. */
    static boolean has(RecordComponent component, Class<? extends Annotation> annotation) {
        Class<?> owner = component.getDeclaringRecord();
        return isOurs(owner)
                ? component.isAnnotationPresent(annotation)
                : read(owner).hasComponent(component.getName(), annotation);
    }

    private static boolean isOurs(Class<?> type) {
        return type.getClassLoader() == Component.class.getClassLoader();
    }

    private static DeclaredAnnotations read(Class<?> type) {
        return READ.get(type);
    }

    /** A cache, since a class has one class file and its parameters are read often. */
    private static final ClassValue<DeclaredAnnotations> READ = new ClassValue<>() {
        @Override
        protected DeclaredAnnotations computeValue(Class<?> type) {
            String file = type.getName().replace('.', '/') + ".class";
            try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
                if (in == null) {
                    throw new NoClassDefFoundError(type.getName());
                }
                return DeclaredAnnotations.read(in.readAllBytes());
            } catch (IOException e) {
                throw (ClassFormatError) new ClassFormatError(type.getName()).initCause(e);
            }
        }
    };
}
