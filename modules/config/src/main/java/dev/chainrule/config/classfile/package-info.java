/**
 * Class files, read to show the contents of a plugin without running it.
 *
 * <p>Start with {@link dev.chainrule.config.classfile.ClassFile};
 * {@link dev.chainrule.config.classfile.Reproducibility} knows the calls whose results differ elsewhere.
 */
package dev.chainrule.config.classfile;
