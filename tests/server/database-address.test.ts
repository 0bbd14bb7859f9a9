import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { drivenAddress, mistakeInAddress, namedAddress } from '../../server/db/postgres/address.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'

test('an address is named by host, port and database, however the login and the password are given', () => {
  for (const [given, named] of [
    ['postgres://app:p%40ss%23w%25rd@127.0.0.1:5433/nm?sslmode=disable', 'postgres://127.0.0.1:5433/nm'],
    ['postgres://db.example.org/nm?user=app&password=geheim', 'postgres://db.example.org/nm'],
    ['postgres://app@localhost/nm?host=%2Frun%2Fpostgresql&port=5433&password=geheim', 'postgres://[/run/postgresql]:5433/nm'],
    ['postgres://app:geheim@%2Frun%2Fpostgresql/nm', 'postgres://[/run/postgresql]/nm'],
  ] as const)
    assert.equal(namedAddress(given), named)
})

test('an address that is not one is refused at the settings and at move, with how to write it and without what was given', async (t) => {
  const folder = temporaryFolder(t)
  for (const wrong of [
    'postgres://app:p@ss#w%rd@127.0.0.1:5432/nm',
    'postgres://app:geheim/x@127.0.0.1/nm',
    'postgres://app:1/geheim@127.0.0.1/nm',
    'postgres://app:1?geheim@127.0.0.1/nm',
    'postgres://app:geheim%@127.0.0.1/nm',
    'postgres://app:geheim%ff@127.0.0.1/nm',
  ]) {
    assert.match(mistakeInAddress(wrong) ?? '', /^must be postgres:.* % is written as .*%25$/, wrong)
    const settings = { DATA_DIR: join(folder, 'data') }
    const moved = await nameting(settings, 'move', '--to', wrong)
    assert.deepEqual([moved.code, moved.stdout], [2, ''])
    const verified = await nameting({ ...settings, DATABASE_URL: wrong }, 'verify')
    assert.equal(verified.code, 1)
    for (const { stderr } of [moved, verified]) {
      assert.match(stderr, /(--to|DATABASE_URL) must be postgres:\/\/user:password@host.* % is written as/)
      assert.doesNotMatch(stderr, /geheim|w%rd|p@ss|\n {4}at /)
    }
  }
})

test('another machine is spoken to with TLS, unless the address says that it need not be', () => {
  const to = (host: string, search = '') => mistakeInAddress(`postgres://app:x@${host}/nm${search}`)
  for (const host of ['db.example.org', '10.0.0.3:5432', '[fd00::1]', '127.0.0.1.example.org'])
    assert.match(to(host) ?? '', /names another machine without TLS.*sslmode=verify-full/)
  assert.match(to('localhost', '?host=db.example.org') ?? '', /without TLS/)
  for (const host of ['localhost', '127.0.0.1:5432', '[::1]', '%2Frun%2Fpostgresql']) assert.equal(to(host), null)
  assert.equal(to('db.example.org', '?host=/run/postgresql'), null)
  for (const said of [
    'sslmode=verify-full',
    'sslmode=verify-full&sslrootcert=/etc/ca.pem',
    'sslmode=disable',
    'ssl=true',
    'sslrootcert=/x',
  ])
    assert.equal(to('db.example.org', `?${said}`), null)
  assert.match(to('db.example.org', '?sslmode=allways') ?? '', /has an sslmode that is none of disable, /)
})

test('a lesser sslmode is driven as verify-full, which the driver makes of it with a warning', () => {
  for (const mode of ['prefer', 'require', 'verify-ca', 'verify-full'])
    assert.match(drivenAddress(`postgres://db.example.org/nm?sslmode=${mode}`), /sslmode=verify-full$/)
  for (const search of ['', '?sslmode=disable', '?sslmode=require&uselibpqcompat=true'])
    assert.equal(drivenAddress(`postgres://db.example.org/nm${search}`), `postgres://db.example.org/nm${search}`)
})
