/** Pictures made of numbers, as PNG files. Start with {@link dev.chainrule.model.picture.ExamplePicture}. */
package dev.chainrule.model.picture;
