/** Shell tasks: a script run by bash. Its keys: {@code command}. */
package io.porpoise.worker.task.shell;
