import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'

/** Whether a text is part of what a column holds, whatever the case of its letters (those without accents). */
export const contains = (column: SQLWrapper, text: string): SQL =>
  sql`lower(${column}) like lower(${`%${text.replaceAll(/[\\%_]/g, '')}%`})`
