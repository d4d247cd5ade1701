/**
 * Warnings about settings that fit together and are hardly ever meant. Start with {@link dev.chainrule.engine.advice.Adviser}.
 *
 * <p>A warning that is wrong teaches people to overlook the others. So each of these reports a setting that no sensible config
 * has; a merely unusual one passes.
 */
package dev.chainrule.engine.advice;
