package dev.chainrule.math.function;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An integer that holds the bits of a number: {@code int} for {@code float}, {@code long} for {@code double}. The mark tells the
 * build which integers of a {@code Float…} source become {@code long} in the {@code Double…} source made of it; others stay
 * {@code int}. See {@link dev.chainrule.math}.
 */
@Target(ElementType.TYPE_USE)
@Retention(RetentionPolicy.SOURCE)
public @interface Bits {}
