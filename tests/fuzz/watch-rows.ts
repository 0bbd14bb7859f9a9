/** Which rows each request writes, from triggers on every table. */
import { dialect } from '../../server/db/dialect.ts'
import type { Store } from '../../server/db/open.ts'
import { behind, type Intruder } from '../harness/behind.ts'

export interface Touched {
  table: string
  /** What names the row and those it belongs to, one after the other. */
  ids: string
}

export interface RowWatch {
  /** What was written since the last time it was asked. */
  taken(): Touched[]
  close(): void
}

export function watchRows(stores: readonly Pick<Store, 'path'>[]): RowWatch {
  const intruders = stores.map((store) => {
    const intruder = behind(store)
    watchAll(intruder)
    return intruder
  })
  return {
    taken: () =>
      intruders.flatMap((intruder) => {
        const found = intruder.rows<Row>('SELECT id, name AS "table", ids, what FROM touched ORDER BY id')
        if (found.length > 0) intruder.exec(`DELETE FROM touched WHERE id <= ${found.at(-1)?.id}`)
        return found.filter((one) => !isCounting(one) && !isGone(found, one))
      }),
    close: () => {
      for (const intruder of intruders) intruder.close()
    },
  }
}

interface Row extends Touched {
  id: number
  what: 'INSERT' | 'UPDATE' | 'DELETE'
}

/** Whether a row was added and taken away again: contact data go in first, and out again where the study refuses. */
const isGone = (rows: Row[], { table, ids }: Row): boolean => {
  const same = rows.filter((one) => one.table === table && one.ids === ids)
  return same[0]?.what === 'INSERT' && same.at(-1)?.what === 'DELETE'
}

/** The number of the last row of a log, which SQLite writes down by itself: see server/queries/numbers.ts. */
const isCounting = ({ table, ids }: Row): boolean => table === 'settings' && ids.startsWith('highest number in ')

const watchAll = dialect === 'postgres' ? watchSchema : watchFile

function watchFile(file: Intruder): void {
  const tables = file.rows<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
  file.exec('CREATE TABLE touched (id INTEGER PRIMARY KEY, name TEXT, ids TEXT, what TEXT)')
  for (const { name: table } of tables) {
    const columns = file.rows<{ name: string }>(`PRAGMA table_info("${table}")`).map(({ name }) => name)
    const naming = columns.filter((name) => /(^|_)id$|^pseudonym$/.test(name) || (table === 'settings' && name === 'name'))
    const ids = (row: string) => (naming.length === 0 ? "''" : naming.map((name) => `coalesce(${row}."${name}", '')`).join(" || ' ' || "))
    for (const what of ['INSERT', 'UPDATE', 'DELETE']) {
      const row = what === 'DELETE' ? 'OLD' : 'NEW'
      file.exec(
        `CREATE TRIGGER "watch ${table} ${what}" AFTER ${what} ON "${table}" BEGIN INSERT INTO touched (name, ids, what) VALUES ('${table}', ${ids(row)}, '${what}'); END;`,
      )
    }
  }
}

/** Written with the rights of whoever watches: the server has none there. */
function watchSchema(schema: Intruder): void {
  const tables = schema.rows<{ name: string; part: string }>(
    'SELECT tablename AS name, schemaname AS part FROM pg_tables WHERE schemaname = current_schema()',
  )
  const place = `${tables[0]?.part}.touched`
  schema.exec(`
    CREATE TABLE ${place} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text, ids text, what text);
    CREATE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
      INSERT INTO ${place} (name, ids, what) SELECT TG_TABLE_NAME, coalesce(string_agg(value, ' ' ORDER BY key), ''), TG_OP
        FROM jsonb_each_text(to_jsonb(COALESCE(NEW, OLD)))
        WHERE key ~ '(^|_)id$|^pseudonym$' OR (TG_TABLE_NAME = 'settings' AND key = 'name');
      RETURN NULL;
    END $$;
    ${tables.map(({ name }) => `CREATE TRIGGER watch AFTER INSERT OR UPDATE OR DELETE ON "${name}" FOR EACH ROW EXECUTE FUNCTION watch();`).join('\n')}`)
}
