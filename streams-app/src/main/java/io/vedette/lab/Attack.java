package io.vedette.lab;

/** One run of an attack, written as its paper tells it. */
interface Attack {

  /** Attacks until finished; {@link Oracle.BudgetSpent} may end it at any query. */
  void run(Oracle oracle);

  /** What was achieved so far. */
  Outcome outcome(Oracle oracle);
}
