package io.vedette.edge.siem;

/**
 * Where the record that a view shows stands in its hash chain, so that a document in a SIEM can be
 * held against the audit trail.
 *
 * @param chain name of the chain
 * @param sequence place in it, from 0
 * @param previous hash of the record before it, 64 hex digits
 * @param writer version and hash of the settings that wrote the record
 * @param hash hash of the record, 64 hex digits
 */
public record RecordLink(
    String chain, long sequence, String previous, String writer, String hash) {}
