/**
 * Task types as forms: what a person may fill in for a task of each type, for any task, and for a
 * workflow, as JSON Schema with texts in English and Chinese. Whether a value is right is decided
 * by the readers of documents, not here.
 */
package io.porpoise.api.tasktype;
