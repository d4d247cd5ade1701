/**
 * Read class files, to say what is in a plugin without running it.
 *
 * <p>Start with {@link dev.chainrule.config.classfile.ClassFile}; {@link dev.chainrule.config.classfile.Reproducibility} knows
 * which calls give other results elsewhere.
 */
package dev.chainrule.config.classfile;
