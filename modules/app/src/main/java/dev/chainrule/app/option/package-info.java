/**
 * Options that several commands share: configs and their changes, data folders, plugins, output, initial tensors.
 */
package dev.chainrule.app.option;
