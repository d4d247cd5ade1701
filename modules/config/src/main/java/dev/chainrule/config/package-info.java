/**
 * Turn YAML into checked records: nodes with marks, problems that point at them, the registry of components and the loader of
 * plugins.
 */
package dev.chainrule.config;
