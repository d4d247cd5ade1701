package dev.chainrule.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Mark a record that YAML writes as one scalar, such as {@code 5 epochs}. It has {@code static T parse(String)}, which throws
 * {@link IllegalArgumentException} saying what is allowed, and {@code toString()} gives the canonical form back.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Parsed {
    /** {@return what is allowed, for messages: {@code a count and a unit, such as '5 epochs' or '200 steps'}} */
    String value();

    /**
     * {@return the same as a regular expression of the whole text, in the subset that Java and ECMAScript share: editors check what
     * is typed by it} Empty where there is none.
     */
    String pattern() default "";
}
