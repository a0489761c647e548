package io.vedette.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks a settings file. */
@Command(name = "validate", description = "Reports all errors of a settings file at once.")
final class ValidateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--config", required = true, paramLabel = "FILE", description = "settings")
  private @Nullable Path config;

  @Override
  public Integer call() throws SettingsException {
    Settings settings = SettingsLoader.load(config, System.getenv());
    spec.commandLine().getOut().printf("valid, hash %s%n", settings.configHash());
    return 0;
  }
}
