/** The scoreboard's command: the engines of the service on the lab's campaigns. */
@NullMarked
package io.vedette.app.board;

import org.jspecify.annotations.NullMarked;
