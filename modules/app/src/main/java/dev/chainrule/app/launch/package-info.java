/**
 * The start of the program in a child JVM that has the Vector API, which {@code java -jar} alone cannot have.
 *
 * <p>Start with {@link dev.chainrule.app.launch.Launcher}, which explains it, and {@link dev.chainrule.app.launch.Child}, its
 * counterpart.
 */
package dev.chainrule.app.launch;
