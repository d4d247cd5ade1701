/**
 * Exceptions by whose fault they are. {@link dev.chainrule.api.error.InputException} is for mistakes in a user's input,
 * {@link dev.chainrule.api.error.ParameterException} for those that a record's constructor finds,
 * {@link dev.chainrule.api.error.RunException} for runs that fail though their input was right.
 */
package dev.chainrule.api.error;
