/** Runs whose figures other programs read: TensorBoard, MLflow, Prometheus, readers of CSV. */
package dev.chainrule.app.monitor;
