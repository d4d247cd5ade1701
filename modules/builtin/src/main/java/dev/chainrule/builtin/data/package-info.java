/**
 * Examples on their way from files to the network, and the parts shared by several sources: ranges, splits, hashes,
 * lazily read bytes.
 *
 * <p>Start with {@link dev.chainrule.builtin.data.table.CsvSource} (tables),
 * {@link dev.chainrule.builtin.data.idx.IdxSource} (images) or {@link dev.chainrule.builtin.data.mnist.MnistSource}
 * (images from one of several places). Each reads and checks everything when it is opened; the source it returns has
 * the examples in memory.
 */
package dev.chainrule.builtin.data;
