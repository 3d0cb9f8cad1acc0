/**
 * Who a caller is: log-in with slow-down, tokens of which only a hash is kept, the cookie of the
 * browser with its protection against forged requests, and the first user. What a user may do with
 * a project comes with grants, later.
 */
package io.porpoise.api.auth;
