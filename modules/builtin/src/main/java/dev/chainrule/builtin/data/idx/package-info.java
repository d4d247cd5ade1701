/**
 * Examples from files in the IDX format. Start with {@link dev.chainrule.builtin.data.idx.IdxSource}.
 */
package dev.chainrule.builtin.data.idx;
