/**
 * Starts the program again in a child JVM that has the Vector API, which {@code java -jar} alone cannot have.
 *
 * <p>Start with {@link dev.chainrule.app.launch.Launcher}, which tells how, and {@link dev.chainrule.app.launch.Child}, its other
 * side.
 */
package dev.chainrule.app.launch;
