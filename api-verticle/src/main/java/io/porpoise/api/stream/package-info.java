/**
 * The WebSocket at {@code /api/v1/stream}: live instances, lists of them, and live logs.
 *
 * <p><b>Instances.</b> However many sockets watch an instance here, its owner hears of one {@link
 * io.porpoise.bus.message.Watch}, renewed while anybody watches, and tells every commit once. Only
 * after the owner has agreed are the rows read, so that no change falls between; what arrives
 * during the reading is applied after it. The bus may lose messages, so the rows are read again now
 * and then, and a new owner means a fresh snapshot.
 *
 * <p><b>Lists.</b> While anybody shows one, masters are asked (a lease, renewed) to tell the ids of
 * what has changed; {@link io.porpoise.api.stream.InstanceFeed} reads those rows once for all lists
 * here. What was told too late, lost, or is too much, is found by reading the first page again,
 * which happens now and then anyway.
 *
 * <p><b>Logs.</b> Every subscription pulls for itself, one piece at a time, and only while the
 * client has granted bytes and the socket takes them. <b>A slow reader</b> therefore holds one
 * piece of each log, and of each instance only which rows have changed: what it missed comes as one
 * change in the end.
 */
package io.porpoise.api.stream;
