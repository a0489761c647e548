/** Attackers, victims and benign callers that make honest traffic. */
@NullMarked
package io.vedette.lab;

import org.jspecify.annotations.NullMarked;
