package dev.chainrule.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name of a record in YAML: {@code {type: swish, beta: 1.5}}, or {@code swish} if its defaults suffice. The record's
 * components are its parameters.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Component {
    /** {@return the name: lower case letters, digits and underscores, beginning with a letter; unique within its kind} */
    String value();
}
