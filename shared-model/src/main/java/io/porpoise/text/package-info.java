/** Words for people: pure functions over texts, used wherever something is told to a user. */
package io.porpoise.text;
