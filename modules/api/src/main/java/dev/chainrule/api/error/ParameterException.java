package dev.chainrule.api.error;

import dev.chainrule.math.Numbers;

/** A parameter of a component that has a value that is not allowed. Thrown by compact constructors. */
public final class ParameterException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** The record component's name. */
    private final String parameter;
    /** The allowed values. */
    private final String allowed;

    /**
     * Create a problem with one parameter.
     *
     * @param parameter the record component's name
     * @param received the value, as the user wrote it
     * @param allowed the allowed values: {@code 1 or more}, {@code in [0, 1)}
     */
    public ParameterException(String parameter, Object received, String allowed) {
        super(parameter + " is " + (received instanceof Double d ? Numbers.format(d) : received));
        this.parameter = parameter;
        this.allowed = allowed;
    }

    /** {@return the record component's name} */
    public String parameter() {
        return parameter;
    }

    /** {@return the allowed values} */
    public String allowed() {
        return allowed;
    }

    /**
     * Throw unless {@code condition} is true.
     *
     * @param condition the required condition
     * @param parameter the record component's name
     * @param received the value, as the user wrote it
     * @param allowed the allowed values: {@code 1 or more}
     */
    public static void require(boolean condition, String parameter, Object received, String allowed) {
        if (!condition) {
            throw new ParameterException(parameter, received, allowed);
        }
    }
}
