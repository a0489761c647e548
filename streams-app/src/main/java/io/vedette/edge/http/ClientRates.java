package io.vedette.edge.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.LongSupplier;

/**
 * A token bucket per client: its address, or its /64 network for IPv6. At most 10,000 clients are
 * remembered; one that was forgotten starts with a full bucket. Thread-safe.
 */
final class ClientRates {

  private static final int CLIENTS = 10_000;
  private static final int NETWORK_BYTES = 8; // of an IPv6 address

  private final double perNano;
  private final double burst;
  private final LongSupplier nanos;
  private final Cache<String, Bucket> buckets;

  private static final class Bucket {
    private double tokens;
    private long at;
  }

  /**
   * Makes full buckets.
   *
   * @param burst tokens that a bucket holds
   * @param refill time in which an empty bucket becomes full
   * @param nanos a clock
   */
  ClientRates(double burst, Duration refill, LongSupplier nanos) {
    this.burst = burst;
    this.perNano = burst / refill.toNanos();
    this.nanos = nanos;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(CLIENTS)
            .expireAfterAccess(refill.multipliedBy(2))
            .build();
  }

  /** Takes a token; false when there is none. */
  boolean take(InetAddress client) {
    return change(client, 1);
  }

  /** True when a token is there; leaves it. */
  boolean has(InetAddress client) {
    return change(client, 0);
  }

  private boolean change(InetAddress client, double cost) {
    long now = nanos.getAsLong();
    Bucket bucket =
        buckets.get(
            name(client),
            key -> {
              Bucket full = new Bucket();
              full.tokens = burst;
              full.at = now;
              return full;
            });
    synchronized (bucket) {
      bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.at) * perNano);
      bucket.at = now;
      if (bucket.tokens < 1) {
        return false;
      }
      bucket.tokens -= cost;
      return true;
    }
  }

  private static String name(InetAddress client) {
    byte[] address = client.getAddress();
    return HexFormat.of()
        .formatHex(
            client instanceof Inet6Address ? Arrays.copyOf(address, NETWORK_BYTES) : address);
  }
}
