package io.vedette.core;

/**
 * A caller: a principal inside a tenant.
 *
 * @param tenant tenant id, empty when the source names none
 * @param principal stable id of the account, never empty
 */
public record CallerId(String tenant, String principal) {

  /** The record key of the input topics, {@code tenant|principal}. */
  public String key() {
    return tenant + '|' + principal;
  }
}
