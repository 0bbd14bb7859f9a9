/** Makes migrations of both parts for both databases from the schema: `npm run db:generate -- NAME`. */
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync, writeFileSync } from 'node:fs'

const name = process.argv[2]
if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Say what the migration is about, in lower case: npm run db:generate -- mail_texts')
  process.exit(2)
}

for (const [dialect, folder, url] of [
  ['sqlite', 'migrations', ''],
  ['postgresql', 'migrations-postgres', 'postgres://localhost/unused'],
])
  for (const part of ['identity', 'study']) {
    const words = [`--dialect=${dialect}`, '--casing=snake_case', `--schema=server/db/${part}-schema`, `--out=server/db/${folder}/${part}`]
    const { status } = spawnSync('drizzle-kit', ['generate', ...words, `--name=${name}`], {
      stdio: 'inherit',
      env: { ...process.env, DATABASE_URL: url },
    })
    if (status !== 0) process.exit(1)
  }

// Tables refer to each other in their own schema, whichever that is.
for (const path of globSync('server/db/migrations-postgres/*/*.sql')) {
  const text = readFileSync(path, 'utf8')
  const own = text.replaceAll('"public".', '')
  if (own !== text) writeFileSync(path, own)
}
