/** Components of a plugin for the tests of config: good ones, and ones with mistakes in their declarations. */
package dev.chainrule.config.example;
