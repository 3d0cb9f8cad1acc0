/**
 * Workflow files: what people write as YAML or JSON (CONTRACT.md, section 3) into a checked {@link
 * io.porpoise.definition.WorkflowDefinition}, and back.
 *
 * <p>{@link io.porpoise.definition.document.DocumentReader#read} is the door for what users send:
 * it tells all errors at once, each with its place, and never throws for what is in a text. {@link
 * io.porpoise.definition.document.CanonicalJson} writes and reads the stored form; {@link
 * io.porpoise.definition.document.YamlText} writes for people.
 *
 * <p>A text goes two steps: {@code YamlNodes} or {@code JsonNodes} take it apart into nodes with
 * their places, within {@link io.porpoise.definition.document.Limits}; then one reader per part
 * ({@code TaskReader}, {@code ScheduleReader}, {@code ParameterNotation}, {@code LogicFields})
 * takes the keys it knows, and what nobody took is an unknown key. {@code GraphChecker} looks at
 * the tasks together. A new task type is one entry in {@link
 * io.porpoise.definition.document.TaskTypes}.
 *
 * <p>It resolves no placeholder ({@code parameter} does, at run time) and no file reference: {@code
 * $FILE{...}} and its like are plain text here, as only the command line on the author's machine
 * may resolve them.
 */
package io.porpoise.definition.document;
