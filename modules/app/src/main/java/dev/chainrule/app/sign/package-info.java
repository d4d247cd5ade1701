/** Signatures of runs, in the forms of OpenSSH. Start with {@link dev.chainrule.app.sign.SshSignature}. */
package dev.chainrule.app.sign;
