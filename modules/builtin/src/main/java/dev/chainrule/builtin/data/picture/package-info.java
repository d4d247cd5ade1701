/**
 * Examples from picture files: decoded, turned, converted to grey. Start with
 * {@link dev.chainrule.builtin.data.picture.ImageSource}; {@link dev.chainrule.builtin.data.picture.PictureFacts} reads headers
 * that decoders ignore.
 */
package dev.chainrule.builtin.data.picture;
