/**
 * One API node: HTTP and WebSocket for people and programs outside. It is stateless, so there may
 * be any number behind a balancer: it reads what is committed, inserts starts and commands, asks
 * owners only for live facts, and passes logs on.
 *
 * <p>Limits: a request body has {@code api.body_limit} bytes, a WebSocket message {@code
 * api.websocket_frame}; a node has {@code api.websocket_connections} sockets, each with {@code
 * api.websocket_subscriptions} subscriptions; an idle connection is closed after two minutes, a
 * socket without a log-in after ten seconds; a page of a list has 500 rows at most.
 */
package io.porpoise.api;
