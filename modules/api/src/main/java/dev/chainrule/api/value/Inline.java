package dev.chainrule.api.value;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A mark on the one parameter of a record that is written instead of the record itself.
 *
 * <p>Keys that are the record's other parameters go to the record, all remaining ones to this component. With
 * {@code record NamedLayer(@Inline LayerSpec spec, Optional<String> name)} a user writes
 * {@code {type: dense, units: 10, name: output}}. If the parameter is an {@link java.util.Optional}, the two are alternatives:
 * with {@code type} every key is the component's, without it every key is the record's.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface Inline {}
