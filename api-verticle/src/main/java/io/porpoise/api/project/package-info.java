/** Projects over HTTP: create, read, list. */
package io.porpoise.api.project;
