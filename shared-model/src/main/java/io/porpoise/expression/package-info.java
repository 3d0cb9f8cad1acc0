/**
 * The conditions of a SWITCH (SEMANTICS.md, section 5): a text, parsed when it is saved and
 * evaluated on the master with the parameters that the task sees.
 *
 * <p>{@link io.porpoise.expression.SwitchExpression} is the door; neither of its steps throws for
 * what users wrote. Apache Commons JEXL knows precedence and evaluates, and sees next to nothing:
 *
 * <ol>
 *   <li>{@code Tokens} takes the text apart. It lets through values, the operators of {@code
 *       Operators}, brackets and the methods of {@code Methods}, within {@code Bounds}; any other
 *       character or name is an error with its place. Every number, text and {@code ${name}}
 *       becomes an {@code Operand}, which the library only knows as a variable {@code v0}, {@code
 *       v1}, ...: no user's text ever reaches its parser, and no parameter is ever pasted.
 *   <li>{@code Library} is JEXL with everything switched off: no reflection, no classes, no
 *       properties, no loops. Methods go to {@code Methods}, operators to {@code Arithmetic}, which
 *       know texts, numbers, flags and lists, and bound what they make.
 * </ol>
 *
 * <p>Pure and without loops: the time an evaluation takes is bounded by the bounds on length,
 * operators and sizes.
 */
package io.porpoise.expression;
