/** An API node on real HTTP, with everything behind it in memory: what its tests share. */
package io.porpoise.api.testing;
