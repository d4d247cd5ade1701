/** Trainings of the same networks with other libraries. Those that must be downloaded are in src/peers, see the pom's profile. */
package dev.chainrule.bench.peer;
