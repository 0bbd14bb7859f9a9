/** A mail that is shown is treated as a stranger's page: it runs nothing, loads nothing and shares nothing with ours. */
export const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
