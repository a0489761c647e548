/** The public contract as Java: which topics exist and which schemas they carry. */
package io.vedette.schemas;
