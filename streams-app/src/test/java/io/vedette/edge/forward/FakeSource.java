package io.vedette.edge.forward;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A source in memory whose time stands still. */
final class FakeSource implements Source {

  final Deque<List<Message>> polls = new ArrayDeque<>();
  final List<Duration> waits = new ArrayList<>();
  final List<String> buried = new ArrayList<>();
  int done;
  int abandoned;
  int losesAfterWaits = Integer.MAX_VALUE;

  FakeSource(List<List<Message>> polls) {
    this.polls.addAll(polls);
  }

  @Override
  public List<Message> poll() {
    return polls.removeFirst();
  }

  @Override
  public boolean hold(Duration span) {
    waits.add(span);
    return waits.size() < losesAfterWaits;
  }

  @Override
  public void bury(Message message, String reason) {
    buried.add(message.id() + ' ' + reason);
  }

  @Override
  public void done() {
    done++;
  }

  @Override
  public void abandon() {
    abandoned++;
  }

  @Override
  public boolean stopped() {
    return polls.isEmpty();
  }
}
