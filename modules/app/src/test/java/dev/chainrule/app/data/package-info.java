/** Whole runs on data of many kinds: tables, pictures and their mistakes, targets, class weights, metrics against an oracle. */
package dev.chainrule.app.data;
