/**
 * The contracts of extension points, as checks that need no test framework.
 *
 * <p>Start with {@link dev.chainrule.engine.contract.KindContracts}, which lists the contracts, such as
 * {@link dev.chainrule.engine.contract.ActivationContract} and
 * {@link dev.chainrule.engine.contract.LossContract}; each returns a {@link dev.chainrule.engine.contract.Finding} for every
 * wrong value.
 */
package dev.chainrule.engine.contract;
