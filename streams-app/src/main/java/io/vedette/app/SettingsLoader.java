package io.vedette.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads settings: defaults, then a YAML file, then the environment. */
public final class SettingsLoader {

  static final long MAX_FILE_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 16;

  private SettingsLoader() {}

  /**
   * The settings of a file and an environment.
   *
   * @param file YAML file, null for none
   * @param environment for example {@code System.getenv()}; only names that start with {@code
   *     VEDETTE_} count
   * @throws SettingsException with everything that is wrong in both
   */
  public static Settings load(@Nullable Path file, Map<String, String> environment)
      throws SettingsException {
    List<String> errors = new ArrayList<>();
    Map<String, Object> tree = file == null ? new LinkedHashMap<>() : yaml(file, errors);
    SettingsEnvironment.overlay(environment, tree, errors);
    salt(tree, errors);
    if (tree.get("detectors") instanceof Map<?, ?> detectors) {
      Map<String, Object> section = mutable(detectors);
      secret(section, "membership", "secretFile", "secret", "detectors.", errors);
      tree.put("detectors", section);
    }
    return new SettingsBinder(errors).bind(tree);
  }

  private static Map<String, Object> yaml(Path file, List<String> errors) {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        errors.add("settings file must have at most " + MAX_FILE_BYTES + " bytes: " + file);
        return new LinkedHashMap<>();
      }
      Object root = parser().load(Files.readString(file, StandardCharsets.UTF_8));
      if (root == null) {
        return new LinkedHashMap<>();
      }
      if (root instanceof Map<?, ?> map) {
        return mutable(map);
      }
      errors.add("settings file must be a map of sections: " + file);
    } catch (NoSuchFileException e) {
      errors.add("settings file does not exist: " + file);
    } catch (IOException e) {
      errors.add("settings file cannot be read as UTF-8: " + file);
    } catch (MarkedYAMLException e) {
      // The full message quotes lines of the file, which may hold secrets.
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      errors.add("settings file is not valid YAML in line " + line + ": " + file);
    } catch (YAMLException e) {
      errors.add("settings file exceeds the limits of size, depth or aliases: " + file);
    }
    return new LinkedHashMap<>();
  }

  /** A parser that leaves all scalars texts: the records know the types, YAML guesses them. */
  private static Yaml parser() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setAllowRecursiveKeys(false);
    options.setMaxAliasesForCollections(0); // sections that repeat or hold themselves
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setCodePointLimit((int) MAX_FILE_BYTES);
    DumperOptions dumper = new DumperOptions();
    Resolver texts =
        new Resolver() {
          @Override
          protected void addImplicitResolvers() {
            addImplicitResolver(Tag.NULL, EMPTY, null);
            addImplicitResolver(Tag.NULL, NULL, "~nN\0");
          }
        };
    return new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options, texts);
  }

  private static Map<String, Object> mutable(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach(
        (key, value) ->
            copy.put(String.valueOf(key), value instanceof Map<?, ?> m ? mutable(m) : value));
    return copy;
  }

  private static void salt(Map<String, Object> tree, List<String> errors) {
    secret(tree, "cells", "saltFile", "salt", "", errors);
  }

  /** Reads the file of a secret, where secrets of containers live. */
  private static void secret(
      Map<String, Object> tree,
      String name,
      String fileKey,
      String key,
      String path,
      List<String> errors) {
    if (tree.get(name) instanceof Map<?, ?> given
        && given.get(fileKey) instanceof String file
        && !file.isEmpty()) {
      try {
        Map<String, Object> section = mutable(given);
        section.put(key, Files.readString(Path.of(file), StandardCharsets.UTF_8).strip());
        tree.put(name, section);
      } catch (IOException | IllegalArgumentException e) {
        errors.add(path + name + '.' + fileKey + " must be a readable text file, was " + file);
      }
    }
  }
}
