package io.vedette.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.joran.spi.JoranException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/** Looks for secrets in everything that is logged, at the levels that the service has. */
final class SecretWatch extends AppenderBase<ILoggingEvent> {

  private final List<String> secrets;
  private final Queue<String> leaks = new ConcurrentLinkedQueue<>();
  private final AtomicLong events = new AtomicLong();
  private final Map<Logger, Level> before = new HashMap<>();
  private final List<Appender<ILoggingEvent>> others = new ArrayList<>();

  SecretWatch(List<String> secrets) {
    this.secrets = List.copyOf(secrets);
  }

  /** Begins to look; Vedette's own loggers say all they can. */
  static SecretWatch open(List<String> secrets) throws JoranException {
    SecretWatch watch = new SecretWatch(secrets);
    LoggerContext service = new LoggerContext();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(service);
    configurator.doConfigure(
        Objects.requireNonNull(SecretWatch.class.getResource("/logback.xml"), "logback.xml"));
    for (Logger logger : service.getLoggerList()) {
      if (logger.getLevel() != null) {
        watch.level(logger.getName(), logger.getLevel());
      }
    }
    watch.level("io.vedette", Level.TRACE);
    watch.setName("secrets");
    watch.start();
    Logger root = logger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.iteratorForAppenders().forEachRemaining(watch.others::add);
    watch.others.forEach(root::detachAppender); // so much is not for the eyes
    root.addAppender(watch);
    return watch;
  }

  private void level(String name, Level level) {
    Logger logger = logger(name);
    if (!before.containsKey(logger)) {
      before.put(logger, logger.getLevel()); // null is a level of its own: that of the parent
    }
    logger.setLevel(level);
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  @Override
  protected void append(ILoggingEvent event) {
    events.incrementAndGet();
    StringBuilder text = new StringBuilder(event.getFormattedMessage());
    text.append(event.getKeyValuePairs()).append(event.getMDCPropertyMap());
    if (event.getThrowableProxy() != null) {
      text.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    look(event.getLoggerName(), text.toString());
  }

  /** Looks through a text that is shown elsewhere. */
  void look(String where, String text) {
    for (String secret : secrets) {
      if (text.contains(secret)) {
        leaks.add(secret + " in " + where);
      }
    }
  }

  /** What was found, where. */
  List<String> leaks() {
    return List.copyOf(leaks);
  }

  /** How much was logged. */
  long events() {
    return events.get();
  }

  /** Ends it. */
  void close() {
    Logger root = logger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAppender(this);
    others.forEach(root::addAppender);
    before.forEach(Logger::setLevel);
    stop();
  }
}
