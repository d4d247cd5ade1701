/** Augmentations, one file each: start with {@code Flip}, then {@code Motion}, which moves the pixels of an image. */
package dev.chainrule.builtin.augmentation;
