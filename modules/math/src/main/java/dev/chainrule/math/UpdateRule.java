package dev.chainrule.math;

/**
 * The rule by which an optimizer updates each element of a parameter, and of the one or two states that it keeps of it, in
 * both precisions.
 *
 * <p>Every method receives the values before the update. One that needs a state's new value calls that state's method; the JIT
 * compiler computes it once.
 *
 * <p>The float forms default to the double forms, rounded once. Float forms written with float arithmetic are several times
 * as fast, since the JIT compiler turns them into vector instructions. All must be pure and free of platform-dependent calls
 * ({@link Strict}, not {@link Math}, but for {@code fma}, {@code sqrt} and the like, which are exact everywhere). Fields that
 * they read, such as the learning rate, may change between updates. Several threads may call one rule at once.
 */
public interface UpdateRule {
    /**
     * {@return the new value of the parameter}
     *
     * @param w the parameter
     * @param g ∂C/∂w
     * @param first the first state
     * @param second the second state, 0 if there is none
     */
    double parameter(double w, double g, double first, double second);

    /**
     * {@return the new value of the first state}
     *
     * @param w the parameter
     * @param g ∂C/∂w
     * @param first the first state
     * @param second the second state, 0 if there is none
     */
    double first(double w, double g, double first, double second);

    /**
     * {@return the new value of the second state; by default the old one}
     *
     * @param w the parameter
     * @param g ∂C/∂w
     * @param first the first state
     * @param second the second state
     */
    default double second(double w, double g, double first, double second) {
        return second;
    }

    /**
     * {@return the new value of the parameter in float32; by default the double form, rounded}
     *
     * @param w the parameter
     * @param g ∂C/∂w
     * @param first the first state
     * @param second the second state, 0 if there is none
     */
    default float parameter(float w, float g, float first, float second) {
        return (float) parameter((double) w, (double) g, (double) first, (double) second);
    }

    /**
     * {@return the new value of the first state in float32; by default the double form, rounded}
     *
     * @param w the parameter
     * @param g ∂C/∂w
     * @param first the first state
     * @param second the second state, 0 if there is none
     */
    default float first(float w, float g, float first, float second) {
        return (float) first((double) w, (double) g, (double) first, (double) second);
    }

    /**
     * {@return the new value of the second state in float32; by default the double form, rounded}
     *
     * @param w the parameter
     * @param g ∂C/∂w
     * @param first the first state
     * @param second the second state
     */
    default float second(float w, float g, float first, float second) {
        return (float) second((double) w, (double) g, (double) first, (double) second);
    }
}
