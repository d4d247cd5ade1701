package dev.chainrule.math.function;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A mark on an integer that contains the bits of a number: {@code int} for {@code float}, {@code long} for {@code double}. In
 * a {@code Float…} source the build turns marked integers into {@code long} when it generates the {@code Double…} source;
 * others stay {@code int}. See {@link dev.chainrule.math}.
 */
@Target(ElementType.TYPE_USE)
@Retention(RetentionPolicy.SOURCE)
public @interface Bits {}
