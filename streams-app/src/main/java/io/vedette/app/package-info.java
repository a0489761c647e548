/** Main, composition root and settings. */
@NullMarked
package io.vedette.app;

import org.jspecify.annotations.NullMarked;
