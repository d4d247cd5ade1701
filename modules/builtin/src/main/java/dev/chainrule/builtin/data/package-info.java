/**
 * Bring examples to the network: from files, from the config itself, from a download.
 *
 * <p>Start with {@link dev.chainrule.builtin.data.CsvSource} (tables), {@link dev.chainrule.builtin.data.IdxSource} (images) or
 * {@link dev.chainrule.builtin.data.MnistSource} (images that are looked for in several places). Each reads and checks
 * everything when it is opened; what it gives back holds the examples in memory.
 */
package dev.chainrule.builtin.data;
