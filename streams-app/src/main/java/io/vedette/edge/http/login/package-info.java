/** Who asks: passwords, tokens and JWTs become a user with a role. */
@NullMarked
package io.vedette.edge.http.login;

import org.jspecify.annotations.NullMarked;
