/**
 * What every process needs before and around its verticles: its data directory and identity,
 * logging, the clustered Vert.x with bus, registry and stores, health and metrics, heartbeats, and
 * an orderly end.
 *
 * <p>{@link io.porpoise.node.Launcher} is the {@code main} of all processes: it reads the
 * configuration ({@code io.porpoise.node.config}), starts a {@link io.porpoise.node.NodeRuntime}
 * and hands it to what the process is there for. Whatever goes wrong until then is a {@link
 * io.porpoise.node.StartFailure}: one line, exit code 1.
 *
 * <p>It knows no verticle; the modules' mains do.
 */
package io.porpoise.node;
