/** The words of Vedette: pure values that every other room speaks in. */
@NullMarked
package io.vedette.core;

import org.jspecify.annotations.NullMarked;
