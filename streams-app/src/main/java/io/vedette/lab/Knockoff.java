package io.vedette.lab;

/**
 * Knockoff-style extraction: asks natural rows of another domain, or of the victim's own, and
 * trains a copy (Orekondy et al., CVPR 2019).
 */
final class Knockoff implements Attack {

  private final Rng rng;
  private final boolean natural; // of the victim's own domain
  private final Foreign foreign;

  Knockoff(Rng rng, Site site, boolean natural) {
    this.rng = rng;
    this.natural = natural;
    this.foreign = Foreign.to(site, rng);
  }

  @Override
  public void run(Oracle oracle) {
    while (true) {
      oracle.ask(natural ? oracle.genuine(rng) : foreign.draw(oracle.frame(), rng));
    }
  }

  @Override
  public Outcome outcome(Oracle oracle) {
    Network copy = Fidelity.copy(oracle.site(), oracle.queries(), new int[] {24}, rng.fork("copy"));
    return Fidelity.outcome(oracle.site(), copy::classify);
  }
}
