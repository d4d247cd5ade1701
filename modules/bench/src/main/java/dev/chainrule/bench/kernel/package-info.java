/** Benchmarks of single kernels with JMH, each beside the peak of the core it runs on. Start with {@link KernelBench}. */
package dev.chainrule.bench.kernel;
