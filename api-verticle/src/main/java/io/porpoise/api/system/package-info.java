/** What machines ask about this process: health, metrics, the description of the API. */
package io.porpoise.api.system;
