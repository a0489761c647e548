package io.vedette.edge.http.login;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts of the settings and of their file. A changed file is read anew; one that cannot be
 * read leaves the accounts as they were. Thread-safe.
 */
final class Accounts {

  private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);
  private static final long MOST_BYTES = 1 << 20;
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** The accounts at one time; a new edition tells caches to forget. */
  record Book(long edition, Map<String, Credential> passwords, List<Credential> tokens) {}

  private final List<String> given;
  private final @Nullable Path file;
  private volatile Book book;
  private @Nullable FileTime seen;
  private long lookedAt;
  private long editions;

  /**
   * Reads the accounts.
   *
   * @throws IOException when the file cannot be read or a line is wrong; it names the line's number
   */
  Accounts(List<String> given, @Nullable Path file) throws IOException {
    this.given = List.copyOf(given);
    this.file = file;
    this.seen = file == null ? null : Files.getLastModifiedTime(file);
    this.lookedAt = System.nanoTime();
    this.book = read();
  }

  /** The accounts now. */
  Book book() {
    if (file != null) {
      look();
    }
    return book;
  }

  private synchronized void look() {
    long now = System.nanoTime();
    if (file == null || now - lookedAt < LOOK_NANOS) {
      return;
    }
    lookedAt = now;
    try {
      FileTime time = Files.getLastModifiedTime(file);
      if (!time.equals(seen)) {
        book = read();
        seen = time;
        LOG.info("accounts were read anew");
      }
    } catch (IOException e) {
      LOG.warn("accounts stay as they were: {}", e.getMessage());
    }
  }

  private Book read() throws IOException {
    Map<String, Credential> passwords = new HashMap<>();
    List<Credential> tokens = new ArrayList<>();
    int number = 0;
    for (String line : given) {
      add(line, "http.auth.credentials[" + number++ + "]", passwords, tokens);
    }
    if (file != null) {
      if (Files.size(file) > MOST_BYTES) {
        throw new IOException("http.auth.credentialsFile must have at most 1 MiB");
      }
      number = 0;
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        number++;
        if (!line.isBlank() && !line.startsWith("#")) {
          add(line.strip(), "http.auth.credentialsFile line " + number, passwords, tokens);
        }
      }
    }
    return new Book(++editions, Map.copyOf(passwords), List.copyOf(tokens));
  }

  private static void add(
      String line, String where, Map<String, Credential> passwords, List<Credential> tokens)
      throws IOException {
    try {
      Credential credential = Credential.parse(line);
      if (!credential.forPassword()) {
        tokens.add(credential);
      } else if (passwords.put(credential.user().name(), credential) != null) {
        throw new IOException(where + ": account " + credential.user().name() + " is there twice");
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(where + ": " + e.getMessage(), e);
    }
  }
}
