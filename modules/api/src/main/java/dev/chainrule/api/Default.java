package dev.chainrule.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter's value if YAML omits it, written as in YAML. A parameter without a default is required, unless it is an
 * {@link java.util.Optional}, which is empty by default.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface Default {
    /** {@return the value in YAML: {@code 0.9}, {@code true}, {@code []}, <code>{type: constant, value: 0}</code>} */
    String value();
}
