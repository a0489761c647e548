package io.vedette.core;

/**
 * Where an exchange was read: the coordinates that let an analyst find it again.
 *
 * @param topic topic, or the file's name in a replay
 * @param partition partition, 0 in a replay
 * @param offset offset, or the line number (from 1) in a replay
 */
public record Origin(String topic, int partition, long offset) {}
