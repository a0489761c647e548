/** Incidents and findings on their way out to SIEMs and scripts. */
@NullMarked
package io.vedette.edge.siem;

import org.jspecify.annotations.NullMarked;
