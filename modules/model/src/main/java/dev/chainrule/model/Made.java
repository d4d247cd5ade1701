package dev.chainrule.model;

/** A check of the results of components: a null would otherwise fail later, in other code. */
public final class Made {
    private Made() {}

    /**
     * Return the result of a component's method.
     *
     * @throws NullPointerException if that is null, as if the component's own code had thrown it
     */
    public static <T> T by(Object component, String method, T given) {
        if (given == null) {
            throw failure(component, method);
        }
        return given;
    }

    private static NullPointerException failure(Object component, String method) {
        NullPointerException failure = new NullPointerException(method + " returned null");
        Class<?> type = component.getClass();
        StackTraceElement own =
                new StackTraceElement(type.getClassLoader().getName(), null, null, type.getName(), method, null, -1);
        failure.setStackTrace(new StackTraceElement[] {own});
        return failure;
    }
}
