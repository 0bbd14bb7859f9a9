/** What a server asks of PostgreSQL: every statement that is sent while something is done, once each. */
import pg from 'pg'

export interface Statement {
  /** In the order in which they are named. */
  tables: string[]
  /** Columns that say which rows, `table.column`: equal to something that is given, or for a new row given with it. */
  given: string[]
  /** Pairs of columns that have to be equal to each other. */
  joined: [string, string][]
  text: string
}

/** Statements that read or write rows, of both parts, while `work` runs. */
export async function statementsOf(work: () => Promise<void>): Promise<Statement[]> {
  const seen = new Map<string, Statement>()
  const { query } = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown }
  Object.assign(pg.Client.prototype, {
    query(this: { connectionParameters: { application_name?: string } }, ...args: unknown[]) {
      const text = typeof args[0] === 'string' ? args[0] : (args[0] as { text: string }).text
      const isOurs = /^nameting (study|identity)$/.test(this.connectionParameters.application_name ?? '')
      if (isOurs && /^\s*(with|select|insert|update|delete)\b[\s\S]*"/i.test(text)) seen.set(text, parse(text))
      return query.apply(this, args)
    },
  })
  try {
    await work()
  } finally {
    Object.assign(pg.Client.prototype, { query })
  }
  return [...seen.values()]
}

/** Drizzle puts every name in quotes, and the table before each column that it compares. */
export function parse(text: string): Statement {
  const tables = [...new Set([...text.matchAll(/\b(?:from|join|update|into) "(\w+)"/g)].map(([, name = '']) => name))]
  const inserted = [...(/^insert into "\w+" \(([^)]*)\) values/.exec(text)?.[1] ?? '').matchAll(/"(\w+)"/g)]
  const ownNames = new Map([...text.matchAll(/\b(?:from|join) "(\w+)" "(\w+)"/g)].map(([, table = '', alias = '']) => [alias, table]))
  const column = (table = '', name = ''): string => `${ownNames.get(table) ?? table}.${name}`
  const equal = [...text.matchAll(/"(\w+)"\."(\w+)" = "(\w+)"\."(\w+)"/g)]
  const chosen = [...text.matchAll(/"(\w+)"\."(\w+)" (?:=|in) \(select "(\w+)" from "(\w+)"/g)]
  return {
    text,
    tables,
    given: [
      ...inserted.map(([, name]) => column(tables[0], name)),
      ...[...text.matchAll(/"(\w+)"\."(\w+)" (?:= \$|in \(\$)/g)].map(([, table, name]) => column(table, name)),
    ],
    joined: [
      ...equal.map(([, a, b, c, d]): [string, string] => [column(a, b), column(c, d)]),
      ...chosen.map(([, a, b, name, table]): [string, string] => [column(a, b), column(table, name)]),
    ],
  }
}
