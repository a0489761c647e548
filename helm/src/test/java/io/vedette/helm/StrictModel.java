package io.vedette.helm;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesList;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads manifests as types of Kubernetes and of operators that publish theirs, and names every
 * field that they do not have. A wrong type fails at once.
 */
final class StrictModel {

  private static final KubernetesSerialization MODELS = new KubernetesSerialization();

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<String> unknown = new ArrayList<>();
  private final List<String> untyped = new ArrayList<>();

  StrictModel(String manifests) {
    Object read = MODELS.unmarshal(manifests);
    Collection<?> objects =
        read instanceof KubernetesList list
            ? list.getItems()
            : read instanceof Collection<?> many ? many : List.of(read);
    for (Object object : objects) {
      if (object instanceof GenericKubernetesResource resource) {
        untyped.add(resource.getKind());
        walk(resource.getKind() + ".Metadata", resource.getMetadata());
      } else if (object instanceof HasMetadata typed) {
        walk(typed.getKind(), typed);
      }
    }
  }

  /** Fields that no model has, with their path. */
  List<String> unknown() {
    return unknown;
  }

  /** Kinds that this class path has no model of. */
  List<String> untyped() {
    return untyped;
  }

  private void walk(String path, Object node) {
    if (node instanceof Map<?, ?> map) {
      map.forEach((key, value) -> walk(path + '.' + key, value));
    } else if (node instanceof Collection<?> items) {
      items.forEach(item -> walk(path + "[]", item));
    } else if (node != null
        && node.getClass().getName().startsWith("io.fabric8")
        && !(node instanceof Enum)
        && seen.add(node)) {
      for (Method method : node.getClass().getMethods()) {
        if (method.getName().startsWith("get")
            && method.getParameterCount() == 0
            && method.getDeclaringClass() != Object.class) {
          Object value = call(method, node);
          if (method.getName().equals("getAdditionalProperties")) {
            ((Map<?, ?>) value).keySet().forEach(key -> unknown.add(path + '.' + key));
          } else {
            walk(path + '.' + method.getName().substring("get".length()), value);
          }
        }
      }
    }
  }

  private static Object call(Method method, Object node) {
    try {
      return method.invoke(node);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("getters of models do not fail: " + method, e);
    }
  }
}
