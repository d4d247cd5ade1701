/**
 * New plugin projects, written from templates, which are resources of this package.
 *
 * <p>Start with {@link dev.chainrule.app.scaffold.Scaffold}.
 */
package dev.chainrule.app.scaffold;
