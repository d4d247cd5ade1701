/**
 * Turn nodes into records, collecting everything that is wrong.
 *
 * <p>Start with {@link dev.chainrule.config.bind.Binder}; {@link dev.chainrule.config.bind.Locations} remembers where each
 * value was written.
 */
package dev.chainrule.config.bind;
