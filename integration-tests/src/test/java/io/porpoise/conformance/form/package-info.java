/**
 * The form of a conformance case: what may stand in a file below {@code integration-tests/cases},
 * and what it means. Reads only; a file that is not of the form is refused with file, line and what
 * is allowed. {@code docs/cases.md} tells how to write one.
 */
package io.porpoise.conformance.form;
