package dev.chainrule.api.value;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A mark on a record that is one scalar in YAML, such as {@code 5 epochs}. The record has {@code static T parse(String)},
 * which throws {@link IllegalArgumentException} with the allowed forms, and {@code toString()} returns the canonical form.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ScalarForm {
    /** {@return the allowed form, for messages: {@code a count and a unit, such as '5 epochs' or '200 steps'}} */
    String value();

    /**
     * {@return the same as a regular expression for the whole text, in the subset that Java and ECMAScript share: editors
     * validate input with it} Empty if there is none.
     */
    String pattern() default "";
}
