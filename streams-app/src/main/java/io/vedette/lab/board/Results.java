package io.vedette.lab.board;

import java.util.List;

/**
 * What the scoreboard measured, in the order of its plan.
 *
 * @param campaigns one per attack run
 * @param benign one per group of honest callers
 */
public record Results(List<CampaignResult> campaigns, List<BenignResult> benign) {}
