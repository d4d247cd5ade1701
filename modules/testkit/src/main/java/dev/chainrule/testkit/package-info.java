/**
 * Help plugin authors to test their components with JUnit.
 *
 * <p>Start with {@link dev.chainrule.testkit.Contracts}: one line in a test holds a component to everything its extension point
 * promises.
 */
package dev.chainrule.testkit;
