package dev.chainrule.engine.experiment;

import java.util.List;

/** A check of the results of components: a null would otherwise fail later, in other code. */
public final class Made {
    private Made() {}

    /**
     * Return the result of a component's method.
     *
     * @throws NullPointerException if that is null, or a list with a null in it, as if the component's own code had thrown it
     */
    public static <T> T by(Object component, String method, T given) {
        if (given == null) {
            throw failure(component, method, "null");
        }
        if (given instanceof List<?> list && list.stream().anyMatch(element -> element == null)) {
            throw failure(component, method, "a list with null in it");
        }
        return given;
    }

    private static NullPointerException failure(Object component, String method, String given) {
        NullPointerException failure = new NullPointerException(method + " returned " + given);
        Class<?> type = component.getClass();
        StackTraceElement own =
                new StackTraceElement(type.getClassLoader().getName(), null, null, type.getName(), method, null, -1);
        failure.setStackTrace(new StackTraceElement[] {own});
        return failure;
    }
}
