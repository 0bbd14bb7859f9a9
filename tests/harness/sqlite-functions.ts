/** Functions by which tests ask in SQL that PostgreSQL has by other names. Only the databases of tests have them. */
import pg from 'pg'

const functions = `
  CREATE FUNCTION json_extract(value text, path text) RETURNS text IMMUTABLE LANGUAGE sql
    AS $$ SELECT value::jsonb #>> string_to_array(substr(replace(replace(path, '"', ''), '[', '.'), 3), '.') $$;
  CREATE AGGREGATE group_concat(text) (sfunc = textcat_comma, stype = text);
`

export async function sqliteFunctions(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(
    `CREATE FUNCTION textcat_comma(before text, value text) RETURNS text IMMUTABLE LANGUAGE sql
       AS $$ SELECT CASE WHEN value IS NULL THEN before WHEN before IS NULL THEN value ELSE before || ',' || value END $$`,
  )
  await client.query(functions)
  await client.end()
}
