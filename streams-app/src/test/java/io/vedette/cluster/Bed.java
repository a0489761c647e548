package io.vedette.cluster;

import io.vedette.edge.embedded.EmbeddedRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Three brokers and a registry until killed, for commands that are tried by hand. Argument: a
 * directory, in which the file {@code addresses} says where the brokers and the registry are, and
 * the process of each broker.
 */
final class Bed {

  private Bed() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    Cluster cluster = new Cluster(directory, 3);
    EmbeddedRegistry registry = EmbeddedRegistry.inMemory(0, Set.of());
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
    String pids = cluster.pids().stream().map(String::valueOf).collect(Collectors.joining(","));
    Path written =
        Files.writeString(
            directory.resolve("starting"),
            String.join(" ", cluster.bootstrapServers(), registry.url(), pids) + "\n");
    Files.move(written, directory.resolve("addresses"), StandardCopyOption.ATOMIC_MOVE);
    Thread.currentThread().join();
  }
}
