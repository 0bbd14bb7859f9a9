/** Where the data and the study's own definitions are: plain values, so that a thread can be told too. */
export interface DataPlace {
  /** DATA_DIR: the databases are in it, unless they are elsewhere. */
  data: string
  /** DEFINITIONS_DIR. */
  definitions?: string | undefined
  /** Where a PostgreSQL server keeps the data. */
  database?: DatabaseUrls | undefined
}

/** The addresses of the two parts of a database, which may have a login each. */
export interface DatabaseUrls {
  study: string
  identity: string
}

/** What the databases are opened by. */
export type DatabasePlace = Pick<DataPlace, 'data' | 'database'>
