package dev.chainrule.api;

import dev.chainrule.math.Numbers;

/** Say that a component's parameter has a value that is not allowed. Thrown by compact constructors. */
public final class ParameterException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String parameter;
    private final String allowed;

    /**
     * Create a problem of one parameter.
     *
     * @param parameter the record component's name
     * @param received the value, as the user wrote it
     * @param allowed what is allowed: {@code 1 or more}, {@code in [0, 1)}
     */
    public ParameterException(String parameter, Object received, String allowed) {
        super(parameter + " is " + (received instanceof Double d ? Numbers.format(d) : received));
        this.parameter = parameter;
        this.allowed = allowed;
    }

    /** Return the record component's name. */
    public String parameter() {
        return parameter;
    }

    /** Return what is allowed. */
    public String allowed() {
        return allowed;
    }

    /** Throw unless {@code condition} holds. */
    public static void require(boolean condition, String parameter, Object received, String allowed) {
        if (!condition) {
            throw new ParameterException(parameter, received, allowed);
        }
    }
}
