/**
 * What {@code porpoise doctor} looks at, one check after the other; nothing here changes anything.
 */
package io.porpoise.cli.doctor;
