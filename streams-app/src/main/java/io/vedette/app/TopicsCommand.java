package io.vedette.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Creates or checks the topics. */
@Command(
    name = "topics",
    description = "Creates the topics of the contract, or checks them with --check.")
final class TopicsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--config", paramLabel = "FILE", description = "settings")
  private @Nullable Path config;

  @Option(names = "--check", description = "change nothing, exit 1 when something is wrong")
  private boolean check;

  @Option(
      names = "--rights",
      description =
          "also say which rights the service would lack, with the login of these settings")
  private boolean rights;

  @Override
  public Integer call() throws SettingsException, InterruptedException {
    Settings settings = SettingsLoader.load(config, System.getenv());
    List<String> unresolved = KafkaLogin.unresolved(settings.kafka());
    if (!unresolved.isEmpty()) {
      unresolved.forEach(spec.commandLine().getErr()::println);
      return 1;
    }
    try (TopicAdmin admin = new TopicAdmin(settings)) {
      if (!check) {
        admin.create().forEach(name -> spec.commandLine().getOut().println("created " + name));
      }
      List<String> problems =
          new ArrayList<>(rights ? admin.problemsOfService() : admin.problems());
      TopicConfigs configs = admin.configs();
      problems.addAll(configs.problems());
      configs.warnings().forEach(w -> spec.commandLine().getErr().println("warning: " + w));
      problems.forEach(spec.commandLine().getErr()::println);
      return problems.isEmpty() ? 0 : 1;
    }
  }
}
