package io.vedette.edge.http.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LoginsTest {

  private static final int CLIENTS = 24;

  @Test
  void shouldTurnAwayWhenManyPasswordsWaitAlready() throws Exception {
    // Given: all of them together take less than one may wait
    String account = Credential.ofPassword("ana", Role.ANALYST, "secret", 100_000);
    Logins logins =
        new Logins(new Access(Set.of(Access.Method.BASIC), List.of(account), null, null));
    CountDownLatch go = new CountDownLatch(1);
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    List<Future<Boolean>> answers = new ArrayList<>();
    try {
      for (int i = 0; i < CLIENTS; i++) {
        String wrong = basic("ana:wrong" + i);
        answers.add(
            clients.submit(
                () -> {
                  go.await();
                  return busy(logins, wrong);
                }));
      }

      // When
      go.countDown();
      int busy = 0;
      for (Future<Boolean> answer : answers) {
        busy += answer.get() ? 1 : 0;
      }

      // Then
      assertThat(busy).isBetween(1, CLIENTS - 2);
      assertThat(logins.user(basic("ana:secret"))).isEqualTo(new User("ana", Role.ANALYST));
    } finally {
      clients.shutdownNow();
    }
  }

  private static boolean busy(Logins logins, String authorization) {
    try {
      assertThat(logins.user(authorization)).isNull();
      return false;
    } catch (BusyException e) {
      return true;
    }
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
