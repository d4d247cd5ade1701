/**
 * Warnings about settings that fit together and are hardly ever meant. Start with {@link dev.chainrule.engine.advice.Adviser}.
 *
 * <p>A warning that is wrong teaches people to overlook the others. So each of these names something that no sensible config
 * does; what is merely unusual passes.
 */
package dev.chainrule.engine.advice;
