package io.vedette.correlate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which accounts of one tenant and model act together: a bounded union-find over their groups. */
final class Links {

  /*
   * Method. Findings about several accounts (shared cells, new accounts that act alike) name a group.
   * Groups that share an account are one campaign. A group of strangers joins the campaign of the
   * same detector that is active at the time: accounts that one search is spread over need not meet
   * in a cell. A cell counts from midnight, so of the time of a group only as much is taken as a
   * campaign may be silent. Time alone links nobody to a campaign that an analyst has just judged: it
   * opens again by escalation only, so strangers would be hidden in it. Campaigns that turn out to
   * share an account become one; the open one stays, of two open ones the older, and of closed ones
   * one that was not judged.
   *
   * Guards. An account that was named beside some 250 others or more is a hub, such as a gateway that
   * thousands of users come through: it links nobody. A campaign of 500 members takes in
   * no other campaign. 2,000 accounts of 200,000 characters in all, and 64 campaigns are kept, the
   * longest silent ones go first. Of the accounts, those go before all others that are in no campaign
   * and had no incident of their own: chance meetings cost an attacker nothing, and must not push out
   * whom he acts with. All of it is one page, which is written at every commit after it was looked at.
   * Partners are counted by linear counting in 256 bits.
   */

  static final int MOST_MEMBERS = 500;
  private static final int MOST_ACCOUNTS = 2_000;
  private static final int MOST_CHARACTERS = 200_000; // of all names
  private static final int MOST_CAMPAIGNS = 64;
  private static final int SKETCH = 4; // longs
  private static final int HUB = 160; // of 256 bits: 256 ln(256 / 96) = 251 partners

  /** An account. */
  private static final class Account {
    int campaign = -1; // -1 for none
    boolean own; // it had an incident of its own
    final long[] partners = new long[SKETCH];

    boolean hub() {
      int bits = 0;
      for (long word : partners) {
        bits += Long.bitCount(word);
      }
      return bits >= HUB;
    }
  }

  /** A campaign: its last activity and what found it. */
  private static final class Campaign {
    boolean open;
    int members;
    long lastMicros = Long.MIN_VALUE;
    final TreeSet<String> detectors = new TreeSet<>();
  }

  /**
   * Where a group went.
   *
   * @param campaign its number
   * @param merged campaigns that went into it with this group
   */
  record Joined(int campaign, List<Integer> merged) {}

  private final LinkedHashMap<String, Account> accounts =
      new LinkedHashMap<>(16, 0.75f, true); // longest silent first
  private final TreeMap<Integer, Campaign> campaigns = new TreeMap<>();
  private int next;
  private int characters; // of the names of all accounts

  /**
   * Takes a group in.
   *
   * @param firstMicros first exchange of the group
   * @param lastMicros stream time of its finding
   * @param silenceMicros a campaign is over after this long without a finding
   * @param linkable whether strangers may join a campaign, by its number
   */
  Joined join(
      Collection<String> group,
      String detector,
      long firstMicros,
      long lastMicros,
      long silenceMicros,
      IntPredicate linkable) {
    Set<String> names = new LinkedHashSet<>(group);
    sketch(names);
    Set<Integer> touched = new TreeSet<>();
    for (String name : names) {
      int campaign = campaignOf(name);
      if (campaign >= 0) {
        touched.add(campaign);
      }
    }
    if (touched.isEmpty()) {
      long recent = Math.max(firstMicros, lastMicros - silenceMicros);
      Integer active = active(detector, recent, silenceMicros, linkable);
      touched.add(active == null ? found() : active);
    }
    List<Integer> merged = new ArrayList<>(touched);
    int winner = winner(touched, linkable);
    Campaign into = Objects.requireNonNull(campaigns.get(winner));
    merged.removeIf(other -> other == winner || !merge(other, winner, into));
    into.lastMicros = Math.max(into.lastMicros, lastMicros);
    into.detectors.add(detector);
    for (String name : names) {
      Account account = Objects.requireNonNull(accounts.get(name));
      if (account.campaign < 0 && !account.hub() && into.members < MOST_MEMBERS) {
        account.campaign = winner;
        into.members++;
      }
    }
    forget();
    return new Joined(winner, merged);
  }

  /** Notes who was named beside whom, and links nobody. */
  void meet(Collection<String> group) {
    sketch(new LinkedHashSet<>(group));
    forget();
  }

  private void sketch(Set<String> names) {
    long[] all = new long[SKETCH];
    names.forEach(name -> set(all, name));
    for (String name : names) {
      Account account = account(name);
      for (int i = 0; i < SKETCH; i++) {
        account.partners[i] |= all[i];
      }
    }
  }

  private Account account(String name) {
    Account account = accounts.get(name);
    if (account == null) {
      account = new Account();
      accounts.put(name, account);
      characters += name.length();
    }
    return account;
  }

  private static void set(long[] sketch, String name) {
    int hash = name.hashCode() * 0x9E3779B9;
    int bit = hash >>> 24;
    sketch[bit >> 6] |= 1L << bit;
  }

  private int found() {
    campaigns.put(next, new Campaign());
    return next++;
  }

  /** The campaign of a detector that was active when the group began, the latest one first. */
  private @Nullable Integer active(
      String detector, long firstMicros, long silenceMicros, IntPredicate linkable) {
    return campaigns.entrySet().stream()
        .filter(e -> e.getValue().detectors.contains(detector))
        .filter(e -> firstMicros <= e.getValue().lastMicros + silenceMicros)
        .filter(e -> e.getValue().members < MOST_MEMBERS)
        .filter(e -> linkable.test(e.getKey()))
        .max(
            Comparator.comparing((Map.Entry<Integer, Campaign> e) -> e.getValue().lastMicros)
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  private int winner(Set<Integer> touched, IntPredicate linkable) {
    for (int campaign : touched) {
      if (isOpen(campaign)) {
        return campaign;
      }
    }
    if (touched.size() > 1) {
      for (int campaign : touched) {
        if (linkable.test(campaign)) {
          return campaign;
        }
      }
    }
    return touched.iterator().next();
  }

  private boolean merge(int from, int to, Campaign into) {
    Campaign other = Objects.requireNonNull(campaigns.get(from));
    if (into.members + other.members > MOST_MEMBERS) {
      return false;
    }
    for (Account account : accounts.values()) {
      if (account.campaign == from) {
        account.campaign = to;
      }
    }
    into.members += other.members;
    into.lastMicros = Math.max(into.lastMicros, other.lastMicros);
    into.detectors.addAll(other.detectors);
    campaigns.remove(from);
    return true;
  }

  private void forget() {
    forget(account -> account.campaign < 0 && !account.own);
    forget(account -> true);
    while (campaigns.size() > MOST_CAMPAIGNS) {
      int silent =
          campaigns.entrySet().stream()
              .min(Comparator.comparing(e -> e.getValue().lastMicros))
              .map(Map.Entry::getKey)
              .orElseThrow();
      dissolve(silent);
    }
  }

  /** Makes room by forgetting accounts of a kind, the longest silent ones first. */
  private void forget(Predicate<Account> kind) {
    Iterator<Map.Entry<String, Account>> eldest = accounts.entrySet().iterator();
    while ((accounts.size() > MOST_ACCOUNTS || characters > MOST_CHARACTERS) && eldest.hasNext()) {
      Map.Entry<String, Account> entry = eldest.next();
      Account account = entry.getValue();
      if (kind.test(account)) {
        characters -= entry.getKey().length();
        Campaign campaign = campaigns.get(account.campaign);
        if (campaign != null) {
          campaign.members--;
        }
        eldest.remove();
      }
    }
  }

  /** Forgets that the members of a campaign are linked. */
  void dissolve(int campaign) {
    campaigns.remove(campaign);
    for (Account account : accounts.values()) {
      if (account.campaign == campaign) {
        account.campaign = -1; // whom it met is still known: it may be a hub
      }
    }
  }

  /** The campaign of an account; -1 when it has none, or is a hub. */
  int campaignOf(String name) {
    Account account = accounts.get(name);
    return account == null || account.hub() || !campaigns.containsKey(account.campaign)
        ? -1
        : account.campaign;
  }

  /** True for an account that was named beside very many. */
  boolean isHub(String name) {
    Account account = accounts.get(name);
    return account != null && account.hub();
  }

  /** Members of a campaign. */
  int members(int campaign) {
    Campaign known = campaigns.get(campaign);
    return known == null ? 0 : known.members;
  }

  /** Names of members of a campaign, the ones that were looked up last first. */
  List<String> names(int campaign, int most) {
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, Account> entry : accounts.entrySet()) {
      if (entry.getValue().campaign == campaign && !entry.getValue().hub()) {
        names.add(entry.getKey());
      }
    }
    Collections.reverse(names);
    return List.copyOf(names.subList(0, Math.min(most, names.size())));
  }

  boolean isOpen(int campaign) {
    Campaign known = campaigns.get(campaign);
    return known != null && known.open;
  }

  /** Notes whether the incident of a campaign is open. */
  void open(int campaign, boolean open) {
    Campaign known = campaigns.get(campaign);
    if (known != null) {
      known.open = open;
    }
  }

  /** Notes that an account has an incident of its own. */
  void own(String name) {
    account(name).own = true;
    forget();
  }

  /** The members of a campaign that have incidents of their own, for once. */
  List<String> takeOwn(int campaign) {
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, Account> entry : accounts.entrySet()) {
      Account account = entry.getValue();
      if (account.own && account.campaign == campaign && !account.hub()) {
        account.own = false;
        names.add(entry.getKey());
      }
    }
    return names;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(next);
    out.writeByte(campaigns.size());
    for (Map.Entry<Integer, Campaign> entry : campaigns.entrySet()) {
      Campaign c = entry.getValue();
      out.writeInt(entry.getKey());
      out.writeBoolean(c.open);
      out.writeShort(c.members);
      out.writeLong(c.lastMicros);
      CaseBytes.texts(c.detectors, out);
    }
    out.writeShort(accounts.size());
    for (Map.Entry<String, Account> entry : accounts.entrySet()) {
      Account a = entry.getValue();
      out.writeUTF(entry.getKey());
      out.writeInt(a.campaign);
      out.writeBoolean(a.own);
      for (long word : a.partners) {
        out.writeLong(word);
      }
    }
  }

  static Links read(DataInput in) throws IOException {
    Links links = new Links();
    links.next = in.readInt();
    int campaigns = in.readUnsignedByte();
    for (int i = 0; i < campaigns; i++) {
      Campaign c = new Campaign();
      links.campaigns.put(in.readInt(), c);
      c.open = in.readBoolean();
      c.members = in.readShort();
      c.lastMicros = in.readLong();
      CaseBytes.texts(c.detectors, in);
    }
    int accounts = in.readUnsignedShort();
    for (int i = 0; i < accounts; i++) {
      Account a = new Account();
      String name = in.readUTF();
      links.accounts.put(name, a);
      links.characters += name.length();
      a.campaign = in.readInt();
      a.own = in.readBoolean();
      for (int w = 0; w < SKETCH; w++) {
        a.partners[w] = in.readLong();
      }
    }
    return links;
  }

  int bytes() {
    return 200 + 200 * campaigns.size() + 200 * accounts.size() + 2 * characters;
  }
}
