package dev.chainrule.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Give a parameter's value where YAML leaves it out, written as it would be in YAML. A parameter without it is required,
 * unless it is an {@link java.util.Optional}, which is empty then.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface Default {
    /** {@return the value in YAML: {@code 0.9}, {@code true}, {@code []}, <code>{type: constant, value: 0}</code>} */
    String value();
}
