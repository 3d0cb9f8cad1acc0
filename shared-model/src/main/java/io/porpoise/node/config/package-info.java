/**
 * The configuration of every process, as typed and immutable records.
 *
 * <p>One record component is one key: {@code database.pool_size} is {@code
 * config.database().poolSize()}. The component's {@link io.porpoise.node.config.Setting} holds its
 * default and its limits; {@code conf/porpoise.yaml} repeats the defaults for people, and a test
 * keeps the two equal. {@link io.porpoise.node.config.ConfigLoader} puts the layers on top of each
 * other: the defaults, {@code conf/porpoise.yaml}, {@code conf/<service>.yaml}, {@code PORPOISE_…}
 * from the environment, {@code --set key=value}. An unknown key or a bad value ends the loading
 * with a {@link io.porpoise.node.config.ConfigException} of one line.
 *
 * <p>Nothing here opens, binds or starts anything: that is {@code io.porpoise.node}.
 */
package io.porpoise.node.config;
