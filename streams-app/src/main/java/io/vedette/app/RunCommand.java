package io.vedette.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the service. */
@Command(name = "run", description = "Runs the service against your Kafka and registry.")
final class RunCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--config", paramLabel = "FILE", description = "settings")
  private @Nullable Path config;

  @Override
  public Integer call() throws SettingsException, InterruptedException, IOException {
    Settings settings = SettingsLoader.load(config, System.getenv());
    LogSetup.apply(settings.log());
    if (settings.cells().salt().equals(Settings.defaults().cells().salt())) {
      LoggerFactory.getLogger(RunCommand.class)
          .warn(
              "cells.salt is the public default; set a secret, or callers can compute their cells");
    }
    for (String detector : new Wiring(settings).deprecated()) {
      LoggerFactory.getLogger(RunCommand.class)
          .warn("detector {} is deprecated: it reports findings and opens no incident", detector);
    }
    StartCheck check = StartCheck.of(settings);
    check.warnings().forEach(LoggerFactory.getLogger(RunCommand.class)::warn);
    if (!check.problems().isEmpty()) {
      check.problems().forEach(spec.commandLine().getErr()::println);
      return 1;
    }
    AuditLog.settings(settings);
    Service service = new Service(settings, incident -> {});
    Thread closer = new Thread(service::close, "shutdown");
    Runtime.getRuntime().addShutdownHook(closer);
    service.start();
    if (config != null) {
      service.follow(config, System.getenv());
    }
    service.await();
    return 1; // it only comes here when the service died
  }
}
