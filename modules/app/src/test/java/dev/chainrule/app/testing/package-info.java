/**
 * Fixtures for the tests of app: the program in this JVM and in others, sample configs and data, plugins, golden files. Start with
 * {@link dev.chainrule.app.testing.Shell} and {@link dev.chainrule.app.testing.Child}.
 */
package dev.chainrule.app.testing;
