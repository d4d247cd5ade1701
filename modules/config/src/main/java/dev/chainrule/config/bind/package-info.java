/**
 * The binding of nodes to records, which collects all errors.
 *
 * <p>Start with {@link dev.chainrule.config.bind.Binder}; {@link dev.chainrule.config.bind.Locations} stores where each
 * value was written.
 */
package dev.chainrule.config.bind;
