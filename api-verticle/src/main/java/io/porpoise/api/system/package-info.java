/**
 * What machines ask about this process (health, metrics, the description of the API), and a first
 * page for people.
 */
package io.porpoise.api.system;
