/**
 * Support for plugin authors who test their components with JUnit.
 *
 * <p>Start with {@link dev.chainrule.testkit.Contracts}: one line in a test checks everything that the component's extension
 * point promises.
 */
package dev.chainrule.testkit;
