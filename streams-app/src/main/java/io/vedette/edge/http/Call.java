package io.vedette.edge.http;

import io.vedette.edge.http.login.User;

/**
 * A request that was let in.
 *
 * @param path raw path, starts with a slash
 * @param query raw query, empty when there is none
 * @param body JSON of a POST, at most 16 KiB; empty for GET
 * @param user who asks
 */
record Call(String path, String query, String body, User user) {}
