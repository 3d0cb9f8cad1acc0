/**
 * HTTP as every feature of the API uses it: {@link io.porpoise.api.http.Endpoint}s are declared by
 * the features and mounted in one place, where a request is authorised, limited, parsed strictly
 * and answered; whatever goes wrong becomes a {@link io.porpoise.api.http.Problem} (RFC 9457).
 *
 * <p>Nothing here knows a feature. Who a caller is says an {@link io.porpoise.api.http.Gate}, which
 * {@code api.auth} implements.
 */
package io.porpoise.api.http;
